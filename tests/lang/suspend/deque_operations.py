# collections.deque: from a generator, comparison, remove and index.
# expect: deque(['y', 'x', 0, 1, 2, 'a', 'b'])
# expect: 1 1 False True
# expect: 1
# expect: every wait was answered by another tasklet: True
import collections
from _waiting import run, wait


class E:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return wait(self.v == o.v)

def test():
    d = collections.deque(wait(n) for n in range(3))
    d.extend(map(wait, 'ab'))
    d.extendleft(map(wait, 'xy'))
    print(d)
    e = collections.deque([E(1), E(2)])
    print(e.index(E(2)), e.count(E(1)), E(3) in e, e == collections.deque([E(1), E(2)]))
    e.remove(E(1))
    print(len(e))


run(test)
