class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Q:
    z = 5
class Color:
    RED = 1
    BLUE = 2
def f(v):
    match v:
        case P(0, 0): return "origin"
        case P(x, y=0): return f"on x axis {x}"
        case P(x=a, y=P(b, c)): return f"nested {a} {b} {c}"
        case P(): return "some P"
        case Q(z=5): return "Q5"
        case Color.RED: return "red"
        case int() | float(): return "number"
        case bool(b): return "bool"
        case str(s): return s
        case dict(d): return len(d)
        case [P(x, _), *_]: return f"list of P {x}"
    return None
for v in (P(0, 0), P(3, 0), P(1, P(2, 3)), P(1, 2), Q(), 1, 2, 2.5, True, "s", {1: 2}, [P(7, 8)], ()):
    print(f(v))
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as e:
    print(e)
