# fib(32) by double recursion: calls and returns.
import sys
import time
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
n = int(sys.argv[1]) if len(sys.argv) > 1 else 32
start = time.perf_counter()
result = fib(n)
print("result", result, "seconds %.6f" % (time.perf_counter() - start))
