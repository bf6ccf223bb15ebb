# Statements of all kinds in a class body.
# expect: 1 3 4 5 [6] 7 {'z': <class 'int'>}
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


def decorate(x):
    wait()
    return x

def test():
    @decorate
    class C(wait(object), metaclass=wait(type)):
        x = wait(1)
        for y in map(wait, (2, 3)):
            pass
        z: wait(int) = wait(4)
        if wait(True):
            @decorate
            def f(self, a=wait(5)): return a
        w = [wait(v) for v in (6,)]
        class Inner:
            q = wait(7)
    print(C.x, C.y, C.z, C().f(), C.w, C.Inner.q, C.__annotations__)


run(test)
