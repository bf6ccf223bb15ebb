# __mro_entries__ and mro() of a metaclass.
# expect: True ['D', 'object']
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class Entry:
    def __init__(self, *bases): self.bases = bases
    def __mro_entries__(self, bases): return wait(self.bases)

class M(type):
    def mro(cls): return wait(super().mro())

class Base: pass

def test():
    class C(Entry(Base)): pass
    class D(metaclass=M): pass
    print(C.__bases__ == (Base,), [c.__name__ for c in D.__mro__])


run(test)
