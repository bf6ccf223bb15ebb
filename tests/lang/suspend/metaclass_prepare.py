# __prepare__ and a namespace whose methods block.
# expect: 2 1
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class Space(dict):
    def __setitem__(self, key, value):
        wait()
        super().__setitem__(key, value)
    def __getitem__(self, key):
        wait()
        return super().__getitem__(key)

class M(type):
    @classmethod
    def __prepare__(meta, name, bases, **kwargs): return wait(Space())
    def __new__(meta, name, bases, space, **kwargs):
        wait()
        return super().__new__(meta, name, bases, dict(space))
    def __init__(cls, *args, **kwargs):
        wait()

def test():
    class C(metaclass=M, extra=1):
        x = 1
        y = x + 1
        def f(self): return self.y
    print(C().f(), C.x)


run(test)
