# __dir__, and the sorting of what it returns.
# expect: ['a', 'b'] ['y', 'z'] ['__class__']
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class D:
    def __dir__(self):
        wait()
        return ['b', 'a']

class M(type):
    def __dir__(cls): return wait(['z', 'y'])

class WithMeta(metaclass=M): pass

def test():
    print(dir(D()), dir(WithMeta), [n for n in dir(D)][:1])


run(test)
