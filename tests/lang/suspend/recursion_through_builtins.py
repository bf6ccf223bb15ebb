# Deep recursion through sorted, map and repr, blocked at the bottom.
# expect: 3029282726252423222120191817161514131211109876543210! 100 [1, 2]
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class Deep:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'{self.n}' + (repr(Deep(self.n - 1)) if self.n else wait('!'))

def down(n):
    return wait(n) if n == 0 else list(map(down, [n - 1]))[0] + 1

def test():
    print(repr(Deep(30)), down(100), sorted([2, 1], key=lambda k: down(k)))


run(test)
