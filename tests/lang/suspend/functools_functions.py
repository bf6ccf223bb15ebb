# functools: reduce, partial, cmp_to_key, lru_cache, cached_property, singledispatch, total_ordering.
# modes: -gc-each the modules it imports are too large
# expect: 6 4
# expect: [3, 2, 1]
# expect: 2 2 1 5 5 int object True True
# expect: every wait was answered by another tasklet: True
import functools
from _waiting import run, wait


@functools.lru_cache(maxsize=2)
def cached(x): return wait(x * 2)

class C:
    @functools.cached_property
    def p(self): return wait(5)

@functools.singledispatch
def kind(x): return wait('object')

@kind.register
def _(x: int): return wait('int')

@functools.total_ordering
class O:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return wait(self.v == o.v)
    def __lt__(self, o): return wait(self.v < o.v)

def test():
    print(functools.reduce(lambda a, b: wait(a + b), [1, 2, 3], 0), functools.partial(wait, 4)())
    print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: wait(b - a))))
    c = C()
    print(cached(1), cached(1), cached.cache_info().hits, c.p, c.p, kind(1), kind(''), O(1) >= O(1), O(2) > O(1))


run(test)
