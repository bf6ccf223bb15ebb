# Pickles of plain data are CPython's, byte for byte, in every protocol.
import pickle


class Plain:
    pass


class Reduced:
    def __init__(self, x):
        self.x = x

    def __reduce__(self):
        return Reduced, (self.x,)


class ListLike(list):
    pass


class DictLike(dict):
    pass


class Slotted:
    __slots__ = 'a', 'b'


c = Plain()
c.x = 1
c.y = [c]
loop = []
loop.append(loop)
inside = ([],)
inside[0].append(inside)
slotted = Slotted()
slotted.a = 3
listed = ListLike([1, 2, 3])
listed.note = 1
objects = [
    None, True, False, 0, 1, -1, 255, 256, 65535, 65536, -300, 2**31 - 1, 2**31, -2**31, 2**40, -2**63, 2**63, 2**64,
    10**100, -10**100, -128, -2**15, -2**1023, 0.0, -0.0, 1.5, 1e300, float('inf'), '', 'abc', '\xe9', '\u1234x',
    '\U0001F600', 'a\\b\n', '\ud800', b'', b'abc', b'\xff' * 300, bytearray(b'xyz'), bytearray(), (), (1,), (1, 2),
    (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2, 'a'], list(range(2500)), {}, {1: 2}, {'a': 1, 'b': [1, 2]},
    dict.fromkeys(range(1000)), dict.fromkeys(range(1001)), set(), {1}, {1, 2, 3}, frozenset(), frozenset([1, 2]), loop,
    inside, c, Reduced(5), listed, DictLike(a=1, b=2), slotted, int, Plain, len, complex(1, 2), range(5), slice(1, 2),
    type(None), Ellipsis, NotImplemented, ValueError('x'), {'k': (1, [2, {3: 4}])}, 'x' * 70000, [b'y' * 70000, 'q'],
    [str(i) * 10 for i in range(2500)], iter([1, 2]), Plain(), object(),
]
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    for o in objects:
        data = pickle.dumps(o, protocol)
        checksum = 0
        for byte in data[-500:]:
            checksum = (checksum * 31 + byte) % 1000003
        print(protocol, type(o).__name__, len(data), checksum, data if len(data) < 100 else '')
        back = pickle.loads(data)
        assert type(back) is type(o)
        assert repr(back) == repr(o) or ' at 0x' in repr(o), (o, back)
