class O: pass
class A(O): pass
class B(O): pass
class C(A, B): pass
class D(B): pass
class E(C, D): pass
print([k.__name__ for k in E.__mro__])
class X:
    def f(self): return ["X"]
class Y(X):
    def f(self): return ["Y"] + super().f()
class Z(X):
    def f(self): return ["Z"] + super().f()
class W(Y, Z):
    def f(self): return ["W"] + super().f()
print(W().f())
try:
    class Bad(A, O, B, A): pass
except TypeError as error:
    print(error)
try:
    class Bad2(O, A): pass
except TypeError as error:
    print(error)
