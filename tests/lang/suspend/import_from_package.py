# A package, a relative import and a star import whose modules block.
# modes: -gc-each the modules it imports are too large
# expect: 2 3
# expect: every wait was answered by another tasklet: True
import os
import sys
import tempfile
from _waiting import run, wait


def test():
    with tempfile.TemporaryDirectory() as d:
        os.mkdir(d + '/pack')
        for name, text in (('__init__', 'wait(1)\nfrom .a import *\n'), ('a', 'from . import b\nx = wait(2)\n__all__ = ["x"]\n'), ('b', 'y = wait(3)\n')):
            with open(f'{d}/pack/{name}.py', 'w') as f:
                f.write('from _waiting import wait\n' + text)
        sys.path.insert(0, d)
        try:
            import pack
            from pack import b as module
            print(pack.x, module.y)
        finally:
            sys.path.remove(d)


run(test)
