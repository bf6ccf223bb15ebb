# locals(), vars() and sys._getframe while others run in between.
# expect: ({'a': 1, 'b': 2}, 'f', 'test', True)
# expect: every wait was answered by another tasklet: True
import sys
from _waiting import run, wait


def f(a):
    b = wait(2)
    before = dict(locals())
    wait()
    return before, sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name, vars() == locals()

def test():
    print(f(1))


run(test)
