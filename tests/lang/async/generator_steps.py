# The awaitables of an asynchronous generator: begun once, used once, one at a time.
import types


@types.coroutine
def pause():
    yield 'paused'


async def numbers():
    try:
        got = yield 1
        print('got', got)
        await pause()
        yield 2
    except ValueError as error:
        print('caught', error)
        yield 'after'


async def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


async def patient():
    try:
        yield 1
    finally:
        try:
            await pause()
        except ZeroDivisionError:
            print('division')


def turn(awaitable, method='send', value=None):
    try:
        return 'yields', getattr(awaitable, method)(value)
    except StopIteration as stop:
        return 'ends', stop.value
    except BaseException as error:
        return type(error).__name__, str(error)


g = numbers()
first = g.__anext__()
print(turn(first), turn(first), g.ag_running)
second = g.asend('hello')
print(turn(second), g.ag_running)
print(turn(g.__anext__()), turn(g.aclose()), turn(g.athrow(KeyError)))
print(turn(second), turn(second))
print(turn(g.athrow(ValueError('thrown'))), turn(g.__anext__()))
done = g.aclose()
print(turn(done), turn(done), turn(g.athrow(KeyError)))

print(turn(numbers().__anext__(), value=5), turn(numbers().aclose(), value=5))
unstarted = numbers()
print(turn(unstarted.aclose()), turn(unstarted.__anext__()), turn(unstarted.aclose()))

s = stubborn()
print(turn(s.__anext__()), turn(s.aclose()))

p = patient()
print(turn(p.__anext__()))
closing = p.aclose()
print(turn(closing), turn(closing, 'throw', ZeroDivisionError()))

fresh = numbers().__anext__()
print(fresh.close(), turn(fresh))
