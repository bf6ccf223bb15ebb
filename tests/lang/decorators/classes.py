def add(cls):
    cls.extra = lambda self: "extra " + self.name
    return cls
@add
class A:
    name = "a"
    @property
    @(lambda f: lambda self: f(self) * 2)
    def twice(self):
        return self.name
print(A().extra(), A().twice)
class Deco:
    def __init__(self, f):
        self.f = f
        self.calls = 0
    def __call__(self, *a):
        self.calls += 1
        return self.f(*a)
@Deco
def s(x): return x + 1
print(s(1), s(2), s.calls)
