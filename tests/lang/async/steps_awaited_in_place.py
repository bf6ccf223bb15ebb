# `async for` and `await` go to the steps of asynchronous generators directly; who drives them by hand sees
# the same steps.
class Pause:
    def __await__(self):
        got = yield 'pause'
        return got


async def items(n):
    for i in range(n):
        if i % 3 == 2:
            print('woken with', await Pause())
        got = yield i
        if got:
            print('sent', got)


def drive(coroutine):
    answer = None
    while True:
        try:
            print('loop sees', coroutine.send(answer))
        except StopIteration as e:
            return e.value
        answer = 'go'


async def walk():
    seen = []
    async for i in items(5):
        seen.append(i)
    return seen


print(drive(walk()))


async def by_hand():
    g = items(4)
    step = g.__anext__()
    print(await step)
    try:
        await step
    except RuntimeError as e:
        print(e)
    print(await g.asend('hello'), await g.asend(None))
    try:
        await g.athrow(KeyError('thrown'))
    except KeyError as e:
        print(repr(e))
    try:
        await anext(g)
    except StopAsyncIteration as e:
        print(repr(e))
    print(await anext(g, 'none left'))
    stops = yields(StopIteration(7))
    value = await stops.__anext__()
    print(repr(value))
    await stops.aclose()
    two = items(3)
    first, second = two.__anext__(), two.__anext__()
    print(await first)
    waiting = items(9)
    async for i in waiting:
        if i == 1:
            break
    step = waiting.__anext__()
    print(step.send(None))
    try:
        await waiting.__anext__()
    except RuntimeError as e:
        print(e)
    try:
        step.send('directly')
    except StopIteration as e:
        print('stopped with', e.value)
    return await second


async def yields(value):
    yield value


print(drive(by_hand()))


async def raises():
    yield 1
    raise ValueError('from inside')


async def catches():
    try:
        async for i in raises():
            print(i)
    except ValueError as e:
        print(e, e.__context__)
    return [x async for x in yields(None)]


print(drive(catches()))
