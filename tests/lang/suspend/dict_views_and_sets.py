# Set operations of dict views, by __hash__ and __eq__ of the program.
# expect: 1 3 1 True
# expect: True True True True
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return wait(self.v % 2)
    def __eq__(self, o): return wait(self.v == o.v)
    def __repr__(self): return f'K{self.v}'

def test():
    d = {K(1): 1, K(3): 3}
    print(len(d.keys() & {K(1), K(2)}), len(d.keys() | [K(5)]), len(d.keys() - {K(3)}), d.keys() == {K(1), K(3)})
    print(K(1) in d.keys(), (K(1), 1) in d.items(), d.keys().isdisjoint([K(7)]), d.items() >= {K(1): 1}.items())


run(test)
