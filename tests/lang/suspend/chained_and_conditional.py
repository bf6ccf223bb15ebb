# Chained comparisons, and, or, not, conditional expressions, walrus.
# expect: True False 5 6 True yes
# expect: 4
# expect: 0
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return wait(self.v < o.v)
    def __bool__(self): return wait(bool(self.v))

def test():
    print(C(1) < C(2) < C(3), C(3) < C(2) < C(1), (C(0) or 5), (C(1) and 6), not C(0), 'yes' if C(1) else 'no')
    if (n := wait(4)) > 3 and C(1):
        print(n)
    while C(n := n - 1) and wait(n):
        pass
    print(n)


run(test)
