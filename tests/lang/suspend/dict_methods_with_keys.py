# dict methods that look for a key: pop, setdefault, update, fromkeys, |, ==.
# expect: 4 5 9 7 5 True False
# expect: False 3 2
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return wait(1)
    def __eq__(self, o): return wait(self.v == o.v)

def test():
    d = dict.fromkeys([K(1), K(2), K(1)], 0)
    d.update({K(2): 5}, x=1)
    d.setdefault(K(3), 9)
    e = d | {K(1): 7}
    e |= [(K(4), 4)]
    print(len(d), d[K(2)], d.pop(K(3)), e[K(1)], len(e), {K(1): 1} == {K(1): 1}, {K(1): 1} == {K(2): 1})
    del d[K(1)]
    print(K(1) in d, dict([(K(1), 2), (K(1), 3)])[K(1)], {**{K(1): 1}, **{K(1): 2}}[K(1)])


run(test)
