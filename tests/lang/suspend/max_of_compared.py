# min() and max() by the program's own comparisons, with default and key.
# expect: 3 1 4
# expect: a 7 1
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return wait(self.v < o.v)
    def __gt__(self, o): return wait(self.v > o.v)

def test():
    items = [C(2), C(3), C(1)]
    print(max(items).v, min(items).v, min(C(5), C(4)).v)
    print(max('abc', key=lambda c: wait(-ord(c))), max([], key=wait, default=7), min((wait(n) for n in (3, 1, 2))))


run(test)
