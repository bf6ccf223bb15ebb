# The finally block of a generator that is closed, and of one whose exception passes.
# expect: finally 3
# expect: finally 3
# expect: KeyError('k') 1
# expect: 1
# expect: 2
# expect: finally 3
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def gen():
    try:
        yield 1
        yield 2
    finally:
        print('finally', wait(3))

def test():
    g = gen()
    next(g)
    g.close()
    g = gen()
    next(g)
    try:
        g.throw(KeyError('k'))
    except KeyError as e:
        print(repr(e), wait(1))
    for x in gen():
        print(wait(x))


run(test)
