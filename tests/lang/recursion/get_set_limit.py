import sys
old = sys.getrecursionlimit()
print(old)
sys.setrecursionlimit(200)
def depth(n):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
d = depth(0)
print(150 < d < 201)
sys.setrecursionlimit(5000)
def go(n): return n if n == 3000 else go(n + 1)
print(go(0))
for v in (0, -1):
    try:
        sys.setrecursionlimit(v)
    except ValueError as e:
        print(e)
