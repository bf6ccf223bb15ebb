# Operators that are rarer: @, shifts, bit operations, and their in-place forms.
# expect: ('@', 1) ('r@', 1) ('<<', 1) ('r>>', 1) ('&', 1) ('r^', 1) ('//', 2) ('r%', 2)
# expect: True
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class M:
    def __matmul__(self, o): return wait(('@', o))
    def __rmatmul__(self, o): return wait(('r@', o))
    def __imatmul__(self, o): wait(); return self
    def __lshift__(self, o): return wait(('<<', o))
    def __rrshift__(self, o): return wait(('r>>', o))
    def __and__(self, o): return wait(('&', o))
    def __rxor__(self, o): return wait(('r^', o))
    def __ior__(self, o): wait(); return self
    def __floordiv__(self, o): return wait(('//', o))
    def __rmod__(self, o): return wait(('r%', o))

def test():
    m = M()
    print(m @ 1, 1 @ m, m << 1, 1 >> m, m & 1, 1 ^ m, m // 2, 2 % m)
    before = m
    m @= 3
    m |= 4
    print(m is before)


run(test)
