# What only calls that are over have seen is gone after a collection.
import gc
import weakref


class A:
    pass


def test():
    a = A()
    r = weakref.ref(a, lambda r: print("gone", r()))
    print(r() is a)
    a = None
    gc.collect()
    print(r())


test()
