# Adds the numbers below 5e7 in a while loop: dispatch and small ints.
import sys
import time
def run(n):
    total = 0
    i = 0
    while i < n:
        total += i
        i += 1
    return total
n = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000_000
start = time.perf_counter()
result = run(n)
print("result", result, "seconds %.6f" % (time.perf_counter() - start))
