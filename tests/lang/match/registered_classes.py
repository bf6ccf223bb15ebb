# Classes match sequence and mapping patterns by inheritance from collections.abc and by registration.
import collections
import collections.abc


class Seq(collections.abc.Sequence):
    def __len__(self):
        return 2

    def __getitem__(self, i):
        return 'ab'[i]


class Map(collections.abc.Mapping):
    def __len__(self):
        return 1

    def __iter__(self):
        return iter('k')

    def __getitem__(self, key):
        return {'k': 1}[key]


@collections.abc.Sequence.register
class Registered:
    def __len__(self):
        return 1

    def __getitem__(self, i):
        return ('only',)[i]


class Child(Registered):
    pass


class Neither:
    def __len__(self):
        return 0


def kind(x):
    match x:
        case [a, b]:
            return 'two', a, b
        case [a]:
            return 'one', a
        case []:
            return 'none'
        case {'k': v, **rest}:
            return 'k', v, rest
        case {}:
            return 'mapping'
    return 'other'


for subject in (Seq(), Map(), Registered(), Child(), Neither(), collections.deque([1, 2]), collections.UserList([1]),
                collections.UserDict(k=2), 'ab', b'ab', bytearray(b'ab'), range(2), memoryview(b'xy'), {1, 2},
                collections.OrderedDict(), collections.ChainMap(), iter([1]), dict.fromkeys('k').keys()):
    print(type(subject).__name__, kind(subject))
