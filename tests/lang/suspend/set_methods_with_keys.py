# set methods that compare keys.
# expect: 1 3 1 2 False True True
# expect: 1 True 1 1
# expect: 0 2
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return wait(1)
    def __eq__(self, o): return wait(self.v == o.v)

def test():
    a, b = {K(1), K(2)}, {K(2), K(3)}
    print(len(a & b), len(a | b), len(a - b), len(a ^ b), a <= b, a == {K(2), K(1)}, a.isdisjoint([K(9)]))
    a.add(K(2)), a.discard(K(1)), a.update([K(5)]), a.intersection_update([K(5), K(2)])
    a ^= {K(5)}
    print(len(a), K(2) in a, len(frozenset([K(1), K(1)])), {frozenset([K(1)]): 1}[frozenset([K(1)])])
    a.remove(K(2))
    print(len(a), len({*b, K(3)}))


run(test)
