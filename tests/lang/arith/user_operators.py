class V:
    def __init__(self, v):
        self.v = v
    def __add__(self, o):
        return V(self.v + (o.v if isinstance(o, V) else o))
    def __radd__(self, o):
        return V(o + self.v)
    def __sub__(self, o):
        return V(self.v - o.v)
    def __mul__(self, o):
        return V(self.v * o)
    def __rmul__(self, o):
        return V(o * self.v * 100)
    def __neg__(self):
        return V(-self.v)
    def __pos__(self):
        return self
    def __abs__(self):
        return V(abs(self.v))
    def __invert__(self):
        return V(~self.v)
    def __matmul__(self, o):
        return "matmul"
    def __divmod__(self, o):
        return "divmod"
    def __pow__(self, o, m=None):
        return f"pow {o} {m}"
    def __lshift__(self, o):
        return "lshift"
    def __repr__(self):
        return f"V({self.v})"
a, b = V(3), V(4)
print(a + b, a + 1, 1 + a, a - b, a * 2, 2 * a, -a, +a, abs(V(-2)), ~a)
print(a @ b, divmod(a, 2), a ** 2, pow(a, 2, 5), a << 1)
