# The place of a failed assertion: that of the comparison which its condition ends with, else the statement.
import traceback, re
a, b, c = 0, 1, 2
def f(x): return 0
srcs = ['assert a','assert a, "m"','assert not b','assert not b, "m"','assert a == b','assert a == b, "m"','assert a == b, f"{a}"','assert a and b','assert a and b, "m"','assert a or 0, "m"','assert f(1)','assert f(1), "m"','assert b < c < a','assert b < c < a, "m"','assert (a if b else c)','assert (a if b else c), "m"','assert 1 == 2','assert 1 == 2, "m"','assert 0, "m"','assert a is b, f(1)','assert a in [1], "m"','assert (x := 0)','assert a.real, "m"','assert not (a == a), "m"','assert\\\n a ==\\\n b, "m"', 'assert 1 == 2, f"{1} != {2}"', 'assert a == b, a + b', 'assert a == b, (a, b)', 'assert a, f(2)']
for s in srcs:
    try: exec(compile(s, 'file', 'exec'))
    except AssertionError as e:
        tb = e.__traceback__.tb_next
        print(s, list(tb.tb_frame.f_code.co_positions())[tb.tb_lasti//2])
