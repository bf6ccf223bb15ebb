# Recursion that passes through builtins alone ends as any other.
class Foo:
    pass


Foo.__repr__ = Foo.__str__
try:
    str(Foo())
except RecursionError as e:
    print("RecursionError")
