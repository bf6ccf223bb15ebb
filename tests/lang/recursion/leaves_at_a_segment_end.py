# A builtin that runs in place at the end of a piece of stack may call others.
import sys


class Chain:
    def __init__(self, below):
        self.below = below

    def __str__(self):
        return '.' if self.below is None else '.' + str(self.below)

    __repr__ = object.__repr__


class Loop:
    pass


Loop.__repr__ = Loop.__str__
chain = None
for limit in range(60, 260):
    chain = Chain(chain)
    sys.setrecursionlimit(limit + 40)
    try:
        str(Loop())
    except RecursionError:
        pass
sys.setrecursionlimit(1000)
print(len(str(chain)))
