class A:
    def __eq__(self, o): return isinstance(o, A)
print(A.__hash__, A() == A(), A() != A())
class B(A):
    __hash__ = object.__hash__
print(isinstance(hash(B()), int))
class C: pass
c = C()
print(c == c, c == C(), c != c, len({c, c}), c in [C(), c])
