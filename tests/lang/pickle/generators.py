# Suspended generators and coroutines go on where they were.
# modes: -gc -gc-each -jit+gc -jit+image a generator that was dropped in the middle runs its finally block when it is collected
# expect: [2, 3, 'end'] [2, 3, 'end']
# expect: [0, 1, 2]
# expect: []
# expect: 7
# expect: 5 got 5 ValueError caught x
# expect: [10, 11, 20, 21]
# expect: ['c', 'd'] True
# expect: [(1, 'b'), (2, 'c')]
# expect: ['y', 'z'] {'x': 1, 'y': 2, 'z': 3}
# expect: [4, 5]
# expect: finally closed
# expect: handled inner
# expect: done 3
import pickle


def copy(obj):
    return pickle.loads(pickle.dumps(obj))


def numbers():
    x = 1
    while x < 4:
        yield x
        x += 1
    yield 'end'


g = numbers()
next(g)
h = copy(g)
print(list(h), list(g))
fresh = copy(i for i in range(3))
print(list(fresh))
print(list(copy(h)))


def local():
    def inner():
        got = yield 1
        yield got + 2
    return inner()


g = local()
next(g)
print(copy(g).send(5))


def catcher():
    try:
        got = yield 0
        yield f'got {got}'
    except ValueError as e:
        yield f'ValueError caught {e}'


g = catcher()
next(g)
h = copy(g)
print(5, g.send(5), h.throw(ValueError('x')))


def delegate():
    for base in (10, 20):
        yield from part(base)


def part(base):
    yield base
    yield base + 1


g = delegate()
print([next(g)] + list(copy(g)))
it = iter('abcd')
pair = (it, it)
next(it), next(it)
first, second = copy(pair)
print(list(first), first is second)
e = enumerate('abc')
next(e)
print(list(copy(e)))
d = {'x': 1, 'y': 2, 'z': 3}
it = iter(d)
next(it)
it2, d2 = copy((it, d))
print(list(it2), d2)
it = map(lambda x: x + 1, [2, 3, 4])
next(it)
print(list(copy(it)))


def closing():
    try:
        yield 1
    finally:
        print('finally', end=' ')


g = closing()
next(g)
h = copy(g)
h.close()
print('closed')
del g


def handling():
    try:
        raise KeyError('inner')
    except KeyError as e:
        yield 1
        try:
            raise
        except KeyError as again:
            yield f'handled {again.args[0]}'


g = handling()
next(g)
print(next(copy(g)))


class Wait:
    def __await__(self):
        return (yield 'wait')


async def work():
    total = 0
    for i in (1, 2):
        total += await Wait()
    return f'done {total}'


c = work()
c.send(None)
c2 = copy(c)
c.close()
c2.send(1)
c3 = copy(c2)
try:
    c3.send(2)
except StopIteration as e:
    print(e.value)
c2.close()
