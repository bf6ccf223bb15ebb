# A descriptor read through the class, by super(), classmethod and staticmethod.
# expect: (True, 'Base') (True, 'Child') (False, 'Child') Child 3 (True, 'Child')
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class D:
    def __get__(self, obj, owner): return wait((obj is None, owner.__name__))

class Base:
    d = D()

class Child(Base):
    def ask(self): return super().d
    @classmethod
    def make(cls): return wait(cls.__name__)
    @staticmethod
    def plain(x): return wait(x)

def test():
    print(Base.d, Child.d, Child().ask(), Child.make(), Child().plain(3), getattr(Child, 'd'))


run(test)
