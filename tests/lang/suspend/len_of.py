# __len__ and __length_hint__ for len(), reversed(), bool() and list().
# expect: 2 True [1, 0] [0, 1] 2 [1, 2]
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class L:
    def __len__(self): return wait(2)
    def __getitem__(self, i):
        if i >= 2:
            raise IndexError
        return wait(i)

class Hint:
    def __iter__(self): return iter([1, 2])
    def __length_hint__(self): return wait(2)

def test():
    import operator
    print(len(L()), bool(L()), list(reversed(L())), list(L()), operator.length_hint(Hint()), list(Hint()))


run(test)
