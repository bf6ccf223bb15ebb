# The traceback of an exception that passes frames that have blocked.
# modes: -gc-each the modules it imports are too large
# expect: ['test', 'outer', 'inner']
# expect: every wait was answered by another tasklet: True
import traceback
from _waiting import run, wait


def inner():
    wait()
    raise ValueError('deep')

def outer():
    try:
        inner()
    finally:
        wait()

def test():
    try:
        outer()
    except ValueError as e:
        wait()
        print([f.name for f in traceback.extract_tb(e.__traceback__)])


run(test)
