# builtins.__import__ replaced by a function that blocks.
# expect: True b
# expect: every wait was answered by another tasklet: True
import builtins
from _waiting import run, wait


def test():
    real = builtins.__import__

    def hook(name, *args, **kwargs):
        wait()
        return real(name, *args, **kwargs)
    builtins.__import__ = hook
    try:
        import math
        from os import path
        print(math.pi > 3, path.basename('a/b'))
    finally:
        builtins.__import__ = real


run(test)
