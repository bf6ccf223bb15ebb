# modes: -gc a collection at each allocation of a large heap takes minutes
# expect: 0
# expect: 100000
# expect: 5000050000
import sys
sys.setrecursionlimit(1_000_000)
def down(n):
    return 0 if n == 0 else down(n - 1)
def count(n):
    return 0 if n == 0 else 1 + count(n - 1)
def total(n):
    if n == 0:
        return 0
    return n + total(n - 1)
print(down(100000))
print(count(100000))
print(total(100000))
