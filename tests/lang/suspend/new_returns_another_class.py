# __new__ that blocks and returns something else; __init__ is not called then.
# expect: init (1,)
# expect: other A 6 ('a', 'b')
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class A:
    def __new__(cls, *args):
        wait()
        return super().__new__(cls) if args else 'other'
    def __init__(self, *args): print('init', wait(args))

class I(int):
    def __new__(cls, v): return super().__new__(cls, wait(v))

class T(tuple):
    def __new__(cls, items): return super().__new__(cls, (wait(i) for i in items))

def test():
    print(A(), type(A(1)).__name__, I(5) + 1, T('ab'))


run(test)
