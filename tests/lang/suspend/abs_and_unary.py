# The unary operators and abs(), round(), divmod(), pow().
# expect: neg pos invert abs
# expect: ('round', None) ('round', 2) ('divmod', 3) ('rdivmod', 3) ('pow', 2, None) ('pow', 2, 5) ('pow', 4, None)
# expect: trunc floor ceil
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class N:
    def __neg__(self): return wait('neg')
    def __pos__(self): return wait('pos')
    def __invert__(self): return wait('invert')
    def __abs__(self): return wait('abs')
    def __round__(self, digits=None): return wait(('round', digits))
    def __divmod__(self, other): return wait(('divmod', other))
    def __rdivmod__(self, other): return wait(('rdivmod', other))
    def __pow__(self, other, modulo=None): return wait(('pow', other, modulo))
    def __trunc__(self): return wait('trunc')
    def __floor__(self): return wait('floor')
    def __ceil__(self): return wait('ceil')

def test():
    import math
    n = N()
    print(-n, +n, ~n, abs(n))
    print(round(n), round(n, 2), divmod(n, 3), divmod(3, n), pow(n, 2), pow(n, 2, 5), n ** 4)
    print(math.trunc(n), math.floor(n), math.ceil(n))


run(test)
