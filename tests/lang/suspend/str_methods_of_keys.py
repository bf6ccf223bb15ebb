# str() with __str__ of a subclass, and ascii(), repr() of nested containers.
# expect: \xe9 [é, {é}, (é,)] {'k': é} S:x S:x deque([é])
# expect: every wait was answered by another tasklet: True
import collections
from _waiting import run, wait


class R:
    def __repr__(self): return wait('é')

class S(str):
    def __str__(self): return wait('S:' + 'x')

def test():
    print(ascii(R()), repr([R(), {R()}, (R(),)]), str({'k': R()}), str(S('y')), f'{S("z")}', repr(collections.deque([R()])))


run(test)
