# Sieve of 5e5 numbers, ten times: list reads and writes.
import sys
import time
def run(size, rounds):
    count = 0
    for _ in range(rounds):
        flags = [True] * (size + 1)
        count = 0
        i = 2
        while i <= size:
            if flags[i]:
                count += 1
                k = i + i
                while k <= size:
                    flags[k] = False
                    k += i
            i += 1
    return count
size = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
start = time.perf_counter()
result = run(size, 10)
print("result", result, "seconds %.6f" % (time.perf_counter() - start))
