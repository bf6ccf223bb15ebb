x = "global"
class C:
    x = "class"
    y = x
    def m(self):
        return x
    z = [x for _ in range(1)]
    first = [w for w in x]
print(C.y, C().m(), C.z, C.first)
def f():
    x = "enclosing"
    class D:
        a = x
        def m(self):
            return x
    return D.a, D().m()
print(f())
def g():
    x = 1
    class E:
        nonlocal x
        x = 2
    return x, hasattr(E, "x")
print(g())
