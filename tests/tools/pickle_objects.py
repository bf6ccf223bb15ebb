"""Writes pickles of generated plain objects, or reads what another machine wrote and compares.

    PYTHON pickle_objects.py write COUNT FILE
    PYTHON pickle_objects.py read COUNT FILE

Both make the same objects, by a generator of their own. Each is written with one protocol after the other.
"""
import collections
import datetime
import decimal
import fractions
import pickle
import sys


class Draw:
    """Numbers that are the same everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
        return (self.state >> 33) % limit


class Plain:
    def __eq__(self, other):
        return type(other) is Plain and self.__dict__ == other.__dict__


class Slots:
    __slots__ = ('a', 'b')

    def __eq__(self, other):
        return type(other) is Slots and (self.a, self.b) == (other.a, other.b)


Pair = collections.namedtuple('Pair', 'left right')
TEXT = ('', 'a', 'name', 'two\nlines', '\xe9', '\u20ac', '\U0001f600', 'back\\slash', '\x00', 'x' * 300, '\ud800')


def leaf(draw):
    kind = draw.below(14)
    if kind == 0:
        return None
    if kind == 1:
        return bool(draw.below(2))
    if kind < 5:
        return (draw.below(1 << 31) - (1 << 30)) << draw.below(90) >> draw.below(60)
    if kind == 5:
        return (draw.below(2000) - 1000) / (1 + draw.below(7))
    if kind == 6:
        return (float('inf'), -0.0, 1e308, 5e-324)[draw.below(4)]
    if kind < 10:
        return TEXT[draw.below(len(TEXT))]
    if kind == 10:
        return bytes(draw.below(256) for _ in range(draw.below(20)))
    if kind == 11:
        return complex(draw.below(9), -draw.below(9))
    if kind == 12:
        return (datetime.date(2000 + draw.below(99), 1 + draw.below(12), 1 + draw.below(28)),
                datetime.timedelta(seconds=draw.below(10 ** 6)), decimal.Decimal(draw.below(1000)) / 8,
                fractions.Fraction(draw.below(50), 7))[draw.below(4)]
    return (..., NotImplemented, int, len, range(draw.below(9)), slice(1, draw.below(5)))[draw.below(6)]


def tree(draw, depth):
    kind = draw.below(12) if depth else 11
    size = draw.below(6)
    if kind == 0:
        return [tree(draw, depth - 1) for _ in range(size)]
    if kind == 1:
        return tuple(tree(draw, depth - 1) for _ in range(size))
    if kind == 2:
        return {draw.below(99): tree(draw, depth - 1) for _ in range(size)}
    if kind == 3:
        return {TEXT[draw.below(8)]: tree(draw, depth - 1) for _ in range(size)}
    if kind == 4:
        return {draw.below(50) for _ in range(size)}
    if kind == 5:
        return frozenset(TEXT[draw.below(8)] for _ in range(size))
    if kind == 6:
        plain = Plain()
        plain.__dict__.update({f'f{n}': tree(draw, depth - 1) for n in range(size)})
        return plain
    if kind == 7:
        slots = Slots()
        slots.a, slots.b = tree(draw, depth - 1), tree(draw, depth - 1)
        return slots
    if kind == 8:
        return Pair(tree(draw, depth - 1), leaf(draw))
    if kind == 9:
        return (collections.deque(leaf(draw) for _ in range(size)), collections.OrderedDict(a=leaf(draw)),
                collections.Counter(TEXT[draw.below(8)]), bytearray(b'abc' * size))[draw.below(4)]
    if kind == 10:
        shared = tree(draw, depth - 1)
        return [shared, shared, (shared,)]
    return leaf(draw)


def objects(count):
    """Pairs of an object and the protocol it is written with; each object comes once with each protocol."""
    draw = Draw(20261123)
    for number in range(count):
        value = tree(draw, 4)
        for protocol in range(6):
            if protocol < 2 and has_slots(value):
                continue
            yield value, protocol


def has_slots(value):
    """Old protocols refuse instances with __slots__."""
    if type(value) is Slots:
        return True
    if isinstance(value, dict):
        return any(map(has_slots, value.values()))
    if type(value) is Plain:
        return has_slots(value.__dict__)
    return isinstance(value, (list, tuple)) and any(map(has_slots, value))


def same(a, b):
    return type(a) is type(b) and (a == b or repr(a) == repr(b))


mode, count, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
wrong = 0
if mode == 'write':
    with open(path, 'wb') as file:
        for value, protocol in objects(count):
            pickle.dump(value, file, protocol)
else:
    with open(path, 'rb') as file:
        for value, protocol in objects(count):
            found = pickle.load(file)
            if not same(value, found):
                wrong += 1
                print('protocol', protocol, ascii(value)[:200], 'became', ascii(found)[:200])
sys.exit(wrong != 0)
