# __float__, __complex__ and __int__.
# expect: 2.25 7 (1+2j) (2.25+0j) 1.5 2 7 2.2
# expect: 4.5 3.181980515339464
# expect: every wait was answered by another tasklet: True
import math
from _waiting import run, wait


class F:
    def __float__(self): return wait(2.25)
    def __int__(self): return wait(7)

class Z:
    def __complex__(self): return wait(1 + 2j)

def test():
    print(float(F()), int(F()), complex(Z()), complex(F()), math.sqrt(F()), math.floor(F()), '%d %.1f' % (F(), F()))
    print(math.fsum([F(), F()]), math.hypot(F(), F()))


run(test)
