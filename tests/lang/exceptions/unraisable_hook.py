# Exceptions that have nowhere to go are given to sys.unraisablehook.
import gc
import sys


class Noisy:
    def __del__(self):
        raise ValueError('in del')


def drop():
    Noisy()


seen = []
sys.unraisablehook = lambda unraisable: seen.append(
    (unraisable.exc_type, str(unraisable.exc_value), unraisable.exc_traceback is not None, unraisable.err_msg,
     unraisable.object.__qualname__))
drop()
gc.collect()
print(seen)
sys.unraisablehook = sys.__unraisablehook__
