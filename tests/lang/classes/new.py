class Single:
    instance = None
    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance
    def __init__(self, v=0):
        self.v = v
a, b = Single(1), Single(2)
print(a is b, a.v)
class Other:
    def __new__(cls):
        return 42
    def __init__(self):
        print("never")
print(Other())
class I(int):
    def __new__(cls, v):
        return super().__new__(cls, v * 2)
    def double(self):
        return self * 2
print(I(5), I(5).double(), I(5) + 1, type(I(5)).__name__, type(I(5) + I(1)).__name__)
try:
    object(1)
except TypeError as error:
    print(error)
class Plain: pass
try:
    Plain(1)
except TypeError as error:
    print(error)
