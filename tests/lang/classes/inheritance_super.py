class A:
    def __init__(self):
        self.log = ["A"]
    def hello(self):
        return "A.hello"
class B(A):
    def __init__(self):
        super().__init__()
        self.log.append("B")
    def hello(self):
        return "B+" + super().hello()
class C(B):
    def hello(self):
        return "C+" + super(C, self).hello()
c = C()
print(c.log, c.hello(), issubclass(C, A), isinstance(c, (int, A)), C.__mro__[1].__name__, [k.__name__ for k in C.mro()])
print(super(B, c).hello())
class D(A):
    def f(self):
        return [super().hello() for _ in range(1)] if False else (lambda: super(D, self).hello())()
    @classmethod
    def g(cls):
        return super().__name__ if False else super(D, cls).__init__.__name__
print(D().f(), D.g())
