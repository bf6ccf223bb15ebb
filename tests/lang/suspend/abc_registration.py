# Abstract base classes: register, isinstance through caches.
# expect: True True 3
# expect: Can't instantiate abst 1
# expect: every wait was answered by another tasklet: True
import abc
import collections.abc
from _waiting import run, wait


class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...

class Sized:
    def __len__(self): return wait(3)

def test():
    @A.register
    class C:
        x = wait(1)
    print(isinstance(C(), A), isinstance(Sized(), collections.abc.Sized), len(Sized()))
    try:
        A()
    except TypeError as e:
        print(str(e)[:22], wait(1))


run(test)
