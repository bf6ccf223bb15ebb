# Methods of namedtuples and dataclasses.
# modes: -gc-each the modules it imports are too large
# expect: P(x=1, y=2) P(x=3, y=4) D(a=3) True True 6
# expect: every wait was answered by another tasklet: True
import collections
import dataclasses
from _waiting import run, wait


P = collections.namedtuple('P', 'x y')

@dataclasses.dataclass(order=True)
class D:
    a: object = dataclasses.field(default_factory=lambda: wait(3))
    def __post_init__(self):
        self.b = wait(self.a)

def test():
    print(P(*map(wait, (1, 2))), P._make(wait(n) for n in (3, 4)), D(), D(1) < D(2), D(1) == D(1), dataclasses.replace(D(5), a=6).b)


run(test)
