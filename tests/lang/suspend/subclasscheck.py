# __subclasscheck__ and __subclasshook__, with tuples.
# expect: True False True False
# expect: True False
# expect: every wait was answered by another tasklet: True
import abc
from _waiting import run, wait


class M(type):
    def __instancecheck__(cls, x): return wait(x == 1)
    def __subclasscheck__(cls, c): return wait(c is int)

class C(metaclass=M): pass

class Hooked(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return wait(hasattr(other, 'quack'))

class Duck:
    def quack(self): pass

def test():
    print(isinstance(1, C), isinstance(2, (str, C)), issubclass(int, C), issubclass(str, (C, bytes)))
    print(isinstance(Duck(), Hooked), issubclass(int, Hooked))


run(test)
