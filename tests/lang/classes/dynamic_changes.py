class A:
    def f(self): return "A.f"
class B(A): pass
b = B()
print(b.f())
A.f = lambda self: "patched"
print(b.f())
B.f = lambda self: "B own"
print(b.f())
del B.f
print(b.f())
class C:
    def f(self): return "C.f"
b.__class__ = C
print(b.f(), type(b).__name__)
b.f = lambda: "instance"
print(b.f())
try:
    B.__class__ = int
except TypeError as error:
    print("TypeError")
