# asend, athrow and aclose of an asynchronous generator.
# expect: got x
# expect: finally 0
# expect: 1 2 caught None
# expect: stopped
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


async def gen():
    try:
        got = yield wait(1)
        print('got', wait(got))
        yield 2
    except ValueError:
        wait()
        yield 'caught'
    finally:
        print('finally', wait(0))

def drive(c):
    try:
        c.send(None)
    except StopIteration as e:
        return e.value
    except StopAsyncIteration:
        return 'stopped'

def test():
    g = gen()
    print(drive(g.__anext__()), drive(g.asend('x')), drive(g.athrow(ValueError())), drive(g.aclose()))
    print(drive(g.__anext__()))


run(test)
