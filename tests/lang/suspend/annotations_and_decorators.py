# Annotations, decorators and their arguments.
# expect: 4 {'a': <class 'int'>, 'b': <class 'str'>, 'c': 3, 'return': None}
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def deco(arg):
    wait()

    def inner(f):
        wait()
        return f
    return inner

def test():
    @deco(wait(1))
    @deco(2)
    def f(a: wait(int), *b: wait(str), c: wait(3) = wait(4)) -> wait(None): return wait(c)
    print(f(1), f.__annotations__)


run(test)
