# modes: -gc a collection at each allocation of a large heap takes minutes
# expect: 20000
# expect: 1
# expect: 5
# expect: 12502500
# expect: 50001
import sys
sys.setrecursionlimit(1_000_000)
def by_sum(n):
    return 0 if n == 0 else 1 + sum(by_sum(n - 1) for _ in (1,))
print(by_sum(20_000))
def by_key(n):
    return 0 if n == 0 else sorted([1], key=lambda x: by_key(n - 1))[0]
print(by_key(20_000))
class Hooked:
    def __init__(self, n):
        self.n = n
    def __getattr__(self, name):
        return 5 if self.n == 0 else Hooked(self.n - 1).foo
print(Hooked(20_000).foo)
def delegate(n):
    if n:
        yield from delegate(n - 1)
    yield n
print(sum(delegate(5000)))
class Chain:
    def __init__(self, n):
        self.child = Chain(n - 1) if n else None
link, length = Chain(50_000), 0
while link:
    length += 1
    link = link.child
print(length)
