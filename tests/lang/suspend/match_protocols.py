# match: __instancecheck__, __match_args__ attributes, mapping keys, guards, __len__.
# expect: class
# expect: sequence a b
# expect: mapping 1
# expect: other 3
# expect: equal
# expect: every wait was answered by another tasklet: True
import collections.abc
from _waiting import run, wait


class Meta(type):
    def __instancecheck__(cls, x): return wait(hasattr(x, 'value'))

class P(metaclass=Meta):
    __match_args__ = ('value',)

class V:
    def __getattr__(self, name): return wait(5) if name == 'value' else object.__getattribute__(self, name)
    def __eq__(self, o): return wait(o == 7)

class Seq(collections.abc.Sequence):
    def __len__(self): return wait(2)
    def __getitem__(self, i): return wait(('a', 'b')[i])

class Map(collections.abc.Mapping):
    def __len__(self): return 1
    def __iter__(self): return iter('k')
    def __getitem__(self, k): return wait({'k': 1}[k])
    def get(self, k, default=None): return wait({'k': 1}.get(k, default))

def test():
    for subject in (wait(V()), Seq(), Map(), 3):
        match subject:
            case P(5):
                print('class')
            case [x, y] if wait(True):
                print('sequence', x, y)
            case {'k': v}:
                print('mapping', v)
            case _:
                print('other', wait(subject))
    match V():
        case 7:
            print('equal')


run(test)
