# list, tuple, set, frozenset, dict and str of the program's iterables.
# expect: [(1, 2), (3, 4)] ((1, 2), (3, 4)) [(1, 2), (3, 4)] 2 {1: 2, 3: 4} text [(0, (1, 2)), (1, (3, 4))] [((1, 2), (1, 2)), ((3, 4), (3, 4))]
# expect: (3, 4) (1, 2) [(1, 2), (3, 4)] 4 [(3, 4), (1, 2)] [(1, 2), (3, 4)] [2, 2]
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class I:
    def __iter__(self):
        for p in ((1, 2), (3, 4)):
            yield wait(p)

class S:
    def __str__(self): return wait('text')

def test():
    print(list(I()), tuple(I()), sorted(set(I())), len(frozenset(I())), dict(I()), str(S()), list(enumerate(I())), list(zip(I(), I())))
    print(max(I()), min(I()), sorted(I()), sum((a for a, b in I()), 0), list(reversed(list(I()))), list(filter(None, I())), list(map(len, I())))


run(test)
