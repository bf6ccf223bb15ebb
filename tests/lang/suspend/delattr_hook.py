# __delattr__, and deleting through a property or descriptor.
# expect: del name
# expect: deleter 2
# expect: delete 3
# expect: deleter 2
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class A:
    def __delattr__(self, name): print('del', wait(name))

class P:
    @property
    def x(self): return 1
    @x.deleter
    def x(self): print('deleter', wait(2))

class D:
    def __delete__(self, obj): print('delete', wait(3))

class Holder:
    d = D()

def test():
    del A().name
    del P().x
    del Holder().d
    delattr(P(), 'x')


run(test)
