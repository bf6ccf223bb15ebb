# What the functions and classes of operator ask of their arguments.
# expect: sum True 7 False
# expect: ['k0', 'k1'] ('a.x', 'b') (1, 2)
# expect: [3, 1, 2] [1, 2, 3]
# expect: every wait was answered by another tasklet: True
import operator
from _waiting import run, wait


def plain(name):
    if name.startswith('__'):
        raise AttributeError(name)  # who pickles asks for names of its own
    return True


class C:
    def __init__(self, v): self.v = v
    def __add__(self, o): return wait('sum')
    def __contains__(self, o): return wait(True)
    def __index__(self): return wait(7)
    def __bool__(self): return wait(True)
    def __getitem__(self, i): return wait(f'k{i}')
    def __getattr__(self, name): return plain(name) and wait(D(name) if name == 'a' else name)
    def method(self, *args): return wait(args)
    def __lt__(self, o): return wait(self.v < o.v)


class D:
    def __init__(self, name): self.name = name
    def __getattr__(self, name): return plain(name) and wait(self.name + '.' + name)


def test():
    c = C(1)
    print(operator.add(c, 1), operator.contains(c, 2), operator.index(c), operator.not_(c))
    print(list(operator.itemgetter(0, 1)(c)), operator.attrgetter('a.x', 'b')(c), operator.methodcaller('method', 1, 2)(c))
    rows = [{'k': C(3)}, {'k': C(1)}, {'k': C(2)}]
    print([r['k'].v for r in rows], [r['k'].v for r in sorted(rows, key=operator.itemgetter('k'))])


run(test)
