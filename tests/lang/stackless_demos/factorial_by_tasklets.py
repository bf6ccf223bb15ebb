# Each step of a recursion is a tasklet of its own that hands its result through a channel: no stack grows, so that
# the depth is limited by memory alone.
# expect: True
# expect: 35660
# expect: 120
import math
import stackless
import sys


def delegated(function, *args):
    """Call a function in a new tasklet; its result."""
    result = stackless.channel()
    stackless.tasklet(lambda: result.send(function(*args)))()
    return result.receive()


def factorial(n):
    return 1 if n <= 1 else n * delegated(factorial, n - 1)


sys.setrecursionlimit(200)
sys.set_int_max_str_digits(0)
big = factorial(10000)
print(big == math.factorial(10000))
print(len(str(big)))
print(factorial(5))
