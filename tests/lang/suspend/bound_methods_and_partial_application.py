# Callables of all kinds that block: methods, built-in types, functions as class attributes.
# modes: -gc-each the modules it imports are too large
# expect: 1 3 3 6 [2, 3] 1
# expect: every wait was answered by another tasklet: True
import functools
import types
from _waiting import run, wait


class C:
    def __init__(self, n): self.n = wait(n)
    def m(self, x=0): return wait(self.n + x)
    p = functools.partialmethod(m, 5)

def test():
    c = C(1)
    f = c.m
    print(f(), C.m(c, 2), types.MethodType(lambda s, y: wait(y), c)(3), c.p(), list(map(c.m, [1, 2])), list(map(C, [1]))[0].n)


run(test)
