class P:
    __slots__ = ("x", "y")
    def __init__(self, x):
        self.x = x
p = P(1)
print(p.x, hasattr(p, "y"), hasattr(p, "__dict__"))
p.y = 2
print(p.y)
for f in (lambda: setattr(p, "z", 1), lambda: P(1).y):
    try:
        f()
    except AttributeError as error:
        print(error)
class Q(P):
    __slots__ = ["z"]
class R(P): pass
q, r = Q(1), R(2)
q.z = r.anything = 5
print(q.z, q.x, r.anything, r.x, r.__dict__)
try:
    class Bad:
        __slots__ = ("a",)
        a = 1
except ValueError as error:
    print(error)
