# any() and all() of a generator, and of items with __bool__.
# expect: True False
# expect: True False True False
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class T:
    def __init__(self, v): self.v = v
    def __bool__(self): return wait(self.v)

def test():
    print(any(wait(x) for x in (0, 0, 3)), all(wait(x) for x in (1, 2, 0)))
    print(any([T(False), T(True)]), all([T(True), T(False)]), all([]), not T(True))


run(test)
