# The iterable that is assigned to a slice, and the ones list.__init__ and += take.
# expect: [7, 8]
# expect: [7, 8, 'a', 'b']
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def items():
    for n in (7, 8):
        yield wait(n)

def test():
    l = [1, 2, 3, 4]
    l[1:3] = items()
    l[::3] = items()
    l += items()
    l.__init__(items())
    print(l)
    l[len(l):] = map(wait, 'ab')
    print(l)


run(test)
