# modes: -gc a collection at each allocation of a large heap takes minutes
# expect: 20000
# expect: 20000
# expect: caught at depth 20000
import sys
sys.setrecursionlimit(1_000_000)
class Node:
    def __init__(self, depth):
        self.child = Node(depth - 1) if depth else None
    def __len__(self):
        return 1 + len(self.child) if self.child is not None else 0
print(len(Node(20000)))
def walk(n):
    if n:
        yield from walk(n - 1)
    yield n
print(next(walk(20000)) + 20000)
def fall(n):
    if n == 0:
        raise ValueError("bottom")
    fall(n - 1)
try:
    fall(20000)
except ValueError:
    print("caught at depth 20000")
