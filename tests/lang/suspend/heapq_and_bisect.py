# Comparisons and keys inside heapq and bisect.
# expect: [0, 1, 4, 5] 2 [1, 2]
# expect: [1, 2, 3] 1
# expect: every wait was answered by another tasklet: True
import bisect
import heapq
from _waiting import run, wait


class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return wait(self.v < o.v)

def test():
    heap = [C(v) for v in (5, 1, 4)]
    heapq.heapify(heap)
    heapq.heappush(heap, C(0))
    print([heapq.heappop(heap).v for _ in range(4)], bisect.bisect([1, 3, 5], 4, key=wait), heapq.nsmallest(2, [3, 1, 2], key=wait))
    print([c.v for c in heapq.merge([C(1), C(3)], [C(2)])], bisect.bisect_left([C(1), C(2)], C(2)))


run(test)
