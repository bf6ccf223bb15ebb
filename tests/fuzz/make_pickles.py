"""Writes pickles of all kinds into a folder, for unpickler_fuzzer to begin with.

    lisle tests/fuzz/make_pickles.py FOLDER
"""
import collections
import functools
import itertools
import os
import pickle
import stackless
import sys
import threading
import types
import weakref


def generator(n):
    for i in range(n):
        yield i


async def coroutine():
    return 1


class Slots:
    __slots__ = ('a', '__weakref__')


def closure(n):
    return lambda m: n + m


def tasklets():
    channel = stackless.channel()

    def receive(n):
        with threading.Lock():
            return sorted([3, 1, 2], key=lambda k: channel.receive() + n)
    waiting = stackless.tasklet(receive)(1)
    fresh = stackless.tasklet(receive)(2)
    waiting.run()
    return waiting, fresh, channel


def frames():
    try:
        {}[1]
    except KeyError as error:
        return error, error.__traceback__, error.__traceback__.tb_frame


def started(iterator):
    next(iterator)
    return iterator


local = type('Local', (Slots,), {'method': lambda self: 1, '__slots__': ('b',)})
instance = Slots()
instance.a = [instance]
objects = [
    None, True, 1, -70000, 1 << 80, 1.5, 2j, 'text', '\u20ac', b'bytes', bytearray(b'b'), (), (1, 2), [1], {1: 2},
    {1, 2}, frozenset((3,)), range(3), slice(1, 2), ..., NotImplemented, len, [].append, int, Slots, instance,
    generator, closure(1), generator.__code__, generator(3), started(generator(3)), coroutine, local, local(),
    tasklets(), frames(), types.ModuleType('m'), types.SimpleNamespace(a=1), functools.partial(closure, 1),
    collections.OrderedDict(a=1), collections.deque((1, 2)), collections.Counter('aab'),
    collections.defaultdict(list, {1: [2]}), iter([1, 2]), iter({1: 2}), iter({1: 2}.items()), reversed([1, 2]),
    enumerate('ab'), zip('ab', 'cd'), map(len, ['a']), started(itertools.count(3)), {1: 2}.keys(),
    weakref.ref(instance), types.MappingProxyType({1: 2}), property(len), staticmethod(len), super(local, local()),
    functools.lru_cache(len), ValueError(1, 2), list[int], closure(1).__closure__[0],
]
folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
for number, value in enumerate(objects):
    for protocol in (0, 2, 4, 5):
        try:
            data = pickle.dumps(value, protocol)
        except (TypeError, pickle.PicklingError, AttributeError) as refused:
            continue
        with open(f'{folder}/{number}-{protocol}', 'wb') as file:
            file.write(data)
