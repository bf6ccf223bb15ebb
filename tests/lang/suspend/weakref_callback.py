# A weak reference's callback, weakref.finalize and WeakValueDictionary.
# expect: callback 1
# expect: None
# expect: every wait was answered by another tasklet: True
import gc
import weakref
from _waiting import run, wait


class C: pass

def make():
    c = C()
    return weakref.ref(c, lambda r: print('callback', wait(1)))

def test():
    r = make()
    wait()
    gc.collect()
    print(r())
    wait(2)


run(test)
