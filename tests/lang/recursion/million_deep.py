# modes: -gc -switch a collection or suspension at each of a million calls takes minutes
# expect: 1000000
import sys
sys.setrecursionlimit(2_000_000)
def f(n):
    return 0 if n == 0 else 1 + f(n - 1)
print(f(1_000_000))
