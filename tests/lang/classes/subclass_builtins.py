class D(dict):
    def __setitem__(self, k, v):
        super().__setitem__(k, v + 1)
d = D(a=1)
d["b"] = 1
print(d, d["b"], isinstance(d, dict), type(d).__name__)
class E(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code
try:
    raise E(5)
except E as e:
    print(e, e.code, e.args)
class F(float):
    def __repr__(self): return f"F({float(self)})"
print(F(1.5), F(1.5) + 1, [F(2)])
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
print(T(1, 2), T(1, 2)[1], T(1) + (2,))
