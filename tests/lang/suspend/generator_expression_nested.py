# Generators inside generators, several levels blocked at once.
# expect: [5, 4, 3, 2, 1] 4 {2: 'a', 1: 'b'}
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def count(n):
    if n:
        yield wait(n)
        yield from count(n - 1)

def test():
    print(list(count(5)), sum(x for y in (range(n) for n in count(3)) for x in y), dict(zip(count(2), (wait(c) for c in 'ab'))))


run(test)
