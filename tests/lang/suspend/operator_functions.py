# Functions of operator: attrgetter, itemgetter, methodcaller and the plain ones.
# expect: ('x', 'y') (1, 2) 3
# expect: ('add', 1) True True 1 0 5
# expect: every wait was answered by another tasklet: True
import operator
from _waiting import run, wait


class A:
    def __getattr__(self, name): return wait(name)
    def __getitem__(self, key): return wait(key)
    def method(self, x): return wait(x)
    def __add__(self, o): return wait(('add', o))
    def __contains__(self, o): return wait(True)
    def __eq__(self, o): return wait(o == 1)

def test():
    a = A()
    print(operator.attrgetter('x', 'y')(a), operator.itemgetter(1, 2)(a), operator.methodcaller('method', 3)(a))
    print(operator.add(a, 1), operator.contains(a, 2), operator.eq(a, 1), operator.countOf([a], 1), operator.indexOf([a], 1), operator.getitem(a, 5))


run(test)
