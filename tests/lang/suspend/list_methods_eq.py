# list and tuple methods that compare items.
# expect: 2 1 True 1 1 False True True
# expect: 2 True
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class E:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return wait(self.v == o.v)

def test():
    l = [E(1), E(2), E(2)]
    t = tuple(l)
    print(l.count(E(2)), l.index(E(2)), E(2) in l, t.count(E(1)), t.index(E(2)), E(9) in t, l == [E(1), E(2), E(2)], t != t[:2])
    l.remove(E(2))
    print(len(l), [E(1)] < [E(1), E(2)])


run(test)
