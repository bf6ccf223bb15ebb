"""module doc"""
def f():
    "function doc"
class C:
    "class doc"
    def m(self): ...
def g(): pass
print(__doc__, f.__doc__, C.__doc__, C.m.__doc__, g(), f())
