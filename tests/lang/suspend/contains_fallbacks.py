# in: __contains__, __iter__ and __getitem__, with __eq__ of the items.
# expect: True False True True True True False
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class It:
    def __iter__(self):
        yield wait(1)
        yield wait(2)

class Get:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return wait(i)

class E:
    def __eq__(self, o): return wait(o == 2)

def test():
    print(2 in It(), 3 in It(), 2 in Get(), 9 not in Get(), E() in It(), E() in range(3), E() in (1, 3))


run(test)
