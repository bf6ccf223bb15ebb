# throw() into finished coroutines, and to delegates whose attributes fail.


async def coroutine():
    return 'spam'


class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __getattr__(self, name):
        1 / 0


class Wrong(Exception):
    def __new__(cls, *args):
        return cls


class F:
    def __aiter__(self):
        return self

    def __anext__(self):
        return self

    def __await__(self):
        1 / 0


def delegating():
    yield from Broken()


def attempt(call, *args):
    try:
        print(call(*args))
    except BaseException as error:
        print(type(error).__name__, error, '|', error.__cause__)


async def loop():
    async for _ in F():
        pass


c = coroutine()
attempt(c.send, None)
attempt(c.send, None)
attempt(c.throw, ValueError('wat'))
attempt(c.close)
g = delegating()
next(g)
attempt(g.throw, AttributeError)
attempt(loop().send, None)


def plain():
    yield


g = plain()
attempt(g.throw, Wrong)
attempt(next, g)
