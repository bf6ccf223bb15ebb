# __getattr__ and __dir__ of a module.
# expect: other something ['a', 'b'] True
# expect: every wait was answered by another tasklet: True
import sys
import types
from _waiting import run, wait


def test():
    m = types.ModuleType('m')
    exec('def __getattr__(name): return wait(name)\ndef __dir__(): return wait(["b", "a"])', m.__dict__)
    m.wait = wait
    sys.modules['m'] = m
    from m import something
    print(m.other, something, dir(m), hasattr(m, 'x'))


run(test)
