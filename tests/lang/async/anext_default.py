# aiter() and anext(), with and without a default, and their errors.
import types


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n


class Waiting:
    def __init__(self, ends):
        self.ends = ends

    def __aiter__(self):
        return self

    def __anext__(self):
        return self

    def __await__(self):
        got = yield 'first'
        print('got', got)
        if self.ends:
            raise StopAsyncIteration
        return 'item'


class Bad:
    def __anext__(self):
        return 3


@types.coroutine
def plain():
    yield 'from a generator'
    raise StopAsyncIteration


class Plain:
    def __anext__(self):
        return plain()


def drive(coroutine, *sent):
    try:
        print('yields', coroutine.send(None))
        for value in sent:
            print('yields', coroutine.send(value))
    except StopIteration as stop:
        print('returns', stop.value)
    except BaseException as error:
        print(type(error).__name__, error)


async def items(iterator, *default):
    return [await anext(iterator, *default) for _ in range(3)]


async def one(iterator, *default):
    return await anext(iterator, *default)


drive(items(aiter(Countdown(3))))
drive(items(aiter(Countdown(2)), 'default'))
drive(items(aiter(Countdown(2))))
drive(one(Waiting(False), 'default'), 'sent')
drive(one(Waiting(True), 'default'), 'sent')
drive(one(Waiting(True)), 'sent')
drive(one(Bad(), 'default'))
drive(one(Plain(), 'default'), None)

for wrong in (lambda: aiter([]), lambda: anext(iter([])), lambda: anext(1, 2), lambda: aiter(), lambda: anext()):
    try:
        wrong()
    except TypeError as error:
        print(error)

awaitable = anext(Waiting(True), 'default')
iterator = iter(awaitable)
print(next(iterator))
try:
    iterator.throw(ValueError('thrown'))
except ValueError as error:
    print('ValueError', error)
