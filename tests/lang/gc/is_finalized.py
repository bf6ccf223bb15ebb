# gc.is_finalized says whether __del__ was called; the names of the debug flags exist.
import gc


class A:
    def __del__(self):
        kept.append(self)


class B:
    pass


kept = []
a = A()
print(gc.is_finalized(a), gc.is_finalized(B()), gc.is_finalized(1))


def drop():
    global a
    del a


drop()
gc.collect()
print(len(kept), gc.is_finalized(kept[0]))
print(gc.DEBUG_LEAK, gc.DEBUG_SAVEALL, gc.get_freeze_count())
