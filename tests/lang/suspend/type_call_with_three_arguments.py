# type() with three arguments, whose parts block.
# expect: set name T s
# expect: init subclass T {'option': 1}
# expect: T 4
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class Meta(type):
    def __call__(cls, *args):
        wait()
        return super().__call__(*args)

class Set:
    def __set_name__(self, owner, name): print('set name', owner.__name__, wait(name))

class Base:
    def __init_subclass__(cls, **kwargs): print('init subclass', cls.__name__, wait(kwargs))

def test():
    T = type('T', (Base,), {'s': Set()}, option=1)
    M = Meta('M', (), {'__init__': lambda self, x: setattr(self, 'x', wait(x))})
    print(T.__name__, M(4).x)


run(test)
