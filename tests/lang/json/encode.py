# What json.dumps makes of everything it knows, and what it says of everything else.
import enum
import json
from collections import OrderedDict


class Level(enum.IntEnum):
    LOW = 1


class Half(float):
    def __repr__(self):
        return 'half'


class Name(str):
    pass


class Items(dict):
    def items(self):
        return [('a', 1), ('b', [2])]


class Shown:
    pass


def show(value, **options):
    try:
        print(json.dumps(value, **options))
    except (TypeError, ValueError, RecursionError) as error:
        print(type(error).__name__, error)


show([None, True, False, 0, -1, 10**30, -2**62, 1.5, -0.0, 1e300, 1e16, float('nan'), float('inf'), -float('inf')])
show([[], {}, (), [[]], [{}], ((1,), [2, (3,)]), {'a': {'b': {}}}, {'a': []}])
show(['', 'plain', 'quote " slash / back \\', '\b\f\n\r\t\0\x1f\x7f', 'ä☃😀\ud800', Name('name')])
show(['', 'plain', 'quote " slash / back \\', '\b\f\n\r\t\0\x1f\x7f', 'ä☃😀', Name('name')], ensure_ascii=False)
show('x' * 70 + '"' + 'y' * 70)
show({'k': 1, 2: 2, 2.5: 3, None: 4, True: 5, 10**20: 6, Level.LOW: 7, Name('n'): 8, float('inf'): 9})
show([Level.LOW, Half(1.5), OrderedDict(b=1, a=2), Items(x=1), Items()])
show({'b': 1, 'a': [{'d': 1, 'c': 2}], 'ä': 0}, sort_keys=True)
show({3: 1, 1: 2, 2.5: 3}, sort_keys=True)
show({3: 1, 'a': 2}, sort_keys=True)
show({(1, 2): 3, 'a': 1, b'b': 2}, skipkeys=True)
show({(1, 2): 3})
show({b'k': 3})
show(float('nan'), allow_nan=False)
show({float('inf'): 1}, allow_nan=False)
show([1, {'a': (2, 3)}], separators=(',', ':'))
show([1, {'a': (2, 3)}], separators=(' ☃ ', '='))
show([1, {'a': (2, 3), 'b': []}], indent=2)
show([Shown, 1])
show({1, 2})
show(b'bytes')
loop = []
loop.append({'loop': [loop]})
show(loop)
show(loop, check_circular=False)
shared = [1]
show([shared, shared, {'a': shared}])
deep = []
for _ in range(100000):
    deep = [deep]
show(deep)


# default() stands for what is not known, and may change what is being written.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


def fields(o):
    if isinstance(o, Point):
        return vars(o)
    return json.JSONEncoder().default(o)


show([Point(1, Point(2, [])), {'p': Point(3, 4)}], default=fields)
show([Point(1, {2})], default=fields)
show(Point(1, 2), default=lambda o: o)
show(Point(1, 2), default=lambda o: [[o]])
show(Point(1, 2), default=lambda o: None)
changing = {'a': Point(1, 2), 'b': 2}


def change(o):
    changing.clear()
    changing['new'] = 1
    return 'changed'


show(changing, default=change)
growing = [Point(1, 2), 2]


def grow(o):
    growing.append(len(growing))
    return 'grown'


show(growing, default=grow)


class Encoder(json.JSONEncoder):
    def default(self, o):
        return [type(o).__name__, *vars(o).values()]


print(Encoder().encode({'p': Point(1, 2)}))
print(list(Encoder(sort_keys=True).iterencode({'p': Point(1, 2), 'a': 1})))
print(''.join(json.JSONEncoder().iterencode([1, {'a': [2.5, None]}])))

# The speedups themselves.
from json.encoder import c_make_encoder, encode_basestring, encode_basestring_ascii


def make(markers, default, encoder, key_separator=': ', item_separator=', '):
    return c_make_encoder(markers, default, encoder, None, key_separator, item_separator, False, False, True)


def attempt(call):
    try:
        print(call())
    except (TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)


print(''.join(make({}, None, lambda s: '<' + s + '>')({'a': ['b', {1: 'c'}]}, 0)))
attempt(lambda: ''.join(make(None, None, lambda s: 1)({'a': 'b'}, 0)))
attempt(lambda: ''.join(make(None, None, lambda s: 1 / 0)(['b'], 0)))
attempt(lambda: make(1, None, encode_basestring))
attempt(lambda: make(None, None, encode_basestring, 1))
attempt(lambda: make(None, None, encode_basestring, '', b''))
attempt(lambda: encode_basestring_ascii(b'x'))
attempt(lambda: encode_basestring(None))
print(encode_basestring_ascii('aä"'), encode_basestring('aä"'))
