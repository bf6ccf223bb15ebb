# hash() of tuples, frozensets and dataclasses whose items have a __hash__.
# modes: -gc-each the modules it imports are too large
# expect: 5 True True True
# expect: found 1
# expect: every wait was answered by another tasklet: True
import dataclasses
from _waiting import run, wait


class H:
    def __hash__(self): return wait(5)
    def __eq__(self, o): return wait(True)

@dataclasses.dataclass(frozen=True)
class D:
    h: object

def test():
    print(hash(H()), hash((H(), H())) == hash((5, 5)), hash(frozenset([H()])) == hash(frozenset([5])), hash(D(H())) == hash((5,)))
    print({(1, H()): 'found'}[(1, H())], len({D(H()), D(H())}))


run(test)
