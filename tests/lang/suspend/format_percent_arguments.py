# % formatting: __str__, __repr__, __index__, __float__ and mapping keys.
# expect: s|r|r|41|66|A|1.50|    s| 66
# expect: b'66|x|r'
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class V:
    def __str__(self): return wait('s')
    def __repr__(self): return wait('r')
    def __index__(self): return wait(65)
    def __int__(self): return wait(66)
    def __float__(self): return wait(1.5)

def test():
    print('%s|%r|%a|%x|%d|%c|%.2f|%5s|%*d' % (V(), V(), V(), V(), V(), V(), V(), V(), 3, V()))
    print(b'%d|%b|%a' % (V(), b'x', V()))


run(test)
