# Unpacking of the program's iterables in assignments, calls and displays.
# expect: 1 2 0 [1, 2] 1 1 2 ((1, 2, 0, 1, 2), {'a': 'aa'}) [1, 2] (1, 2, 3) {1, 2} {'a': 'aa'}
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class S:
    def __getitem__(self, i):
        if wait(i) > 2:
            raise IndexError
        return i

def it():
    yield wait(1)
    yield wait(2)

def f(*args, **kwargs): return args, kwargs

class M:
    def keys(self): return wait(['a'])
    def __getitem__(self, k): return wait(k * 2)

def test():
    a, b = it()
    c, *d = S()
    [e, (g, h)] = [1, it()]
    print(a, b, c, d, e, g, h, f(*it(), *S(), **M()), [*it()], (*it(), 3), {*it()}, {**M()})


run(test)
