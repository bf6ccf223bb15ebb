# What a generator returned reaches whoever asks an iterator over it for the next item.
import itertools


def g():
    yield 1
    yield 2
    return "returned"


def end_of(iterator):
    while True:
        try:
            next(iterator)
        except StopIteration as e:
            return e.value


print(end_of(itertools.islice(g(), 10)), end_of(itertools.islice(g(), 1)), end_of(itertools.islice(g(), 2)))
print(end_of(itertools.dropwhile(bool, g())), end_of(itertools.filterfalse(bool, g())))
print(end_of(itertools.accumulate(g())), end_of(itertools.pairwise(g())), end_of(itertools.compress(g(), [1, 1, 1])))
print(end_of(map(str, g())), end_of(zip(g())), end_of(enumerate(g())), end_of(filter(None, g())))
print(end_of(itertools.chain(g())), end_of(itertools.cycle(())), end_of(itertools.starmap(max, zip(g(), g()))))


def delegate():
    return (yield from itertools.islice(g(), 5))


print(end_of(delegate()))


async def agen():
    yield


try:
    a = agen().__anext__()
    a.send(None)
except StopIteration as e:
    print(e.args, e.value)
