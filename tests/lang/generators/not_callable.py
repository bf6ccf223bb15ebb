# Generators are resumed by methods only: calling one is an error, from wherever it is called.
import functools


def numbers():
    got = yield 1
    print('got', got)
    yield 2


async def waits():
    pass


def attempt(call):
    try:
        print(call())
    except TypeError as e:
        print(e)


g = numbers()
attempt(lambda: g())
attempt(lambda: g(None))
attempt(lambda: g(1, 2))
attempt(lambda: g(1, 2, 3))
attempt(lambda: g(*[None]))
attempt(lambda: g(**{'x': 1}))
attempt(lambda: list(map(g, [None])))
attempt(lambda: sorted([2, 1], key=g))
attempt(lambda: functools.partial(g, None)())
attempt(lambda: functools.reduce(g, [1, 2]))
print(next(g))
attempt(lambda: g(5))
print(g.send(6), callable(g))
c = waits()
attempt(lambda: c(None))
c.close()
