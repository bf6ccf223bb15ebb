# Iterables that itertools reads whole: product, permutations, combinations, tee, groupby, cycle, pairwise, batches.
# expect: [(1, 'a'), (2, 'a')] [(1, 2), (2, 1)] [(1, 2), (1, 3), (2, 3)]
# expect: [1, 2] [1, 2] [(1, [1, 1]), (2, [2])] [(1, 2), (2, 3)]
# expect: [1, 2, 1, 2, 1] 2
# expect: every wait was answered by another tasklet: True
import itertools
from _waiting import run, wait


def it(*items):
    for x in items:
        yield wait(x)

class K:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return wait(self.v == o.v)

def test():
    print(list(itertools.product(it(1, 2), it('a'))), list(itertools.permutations(it(1, 2))), list(itertools.combinations(it(1, 2, 3), 2)))
    a, b = itertools.tee(it(1, 2))
    print(list(a), list(b), [(k, list(g)) for k, g in itertools.groupby(it(1, 1, 2), lambda x: wait(x))], list(itertools.pairwise(it(1, 2, 3))))
    c = itertools.cycle(it(1, 2))
    print([next(c) for _ in range(5)], len([k for k, g in itertools.groupby([K(1), K(1), K(2)])]))


run(test)
