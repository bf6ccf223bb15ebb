import heapq
import random

random.seed(5)


class Item:
    """Compared by the program, which is asked in the middle of a sift."""

    asked = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Item.asked += 1
        return self.n < other.n


def drain(heap, pop=heapq.heappop):
    return [pop(heap) for _ in range(len(heap))]


for make in (int, float, str, Item, lambda n: (n // 3, str(n)), lambda n: [n / 2, None] if n % 2 else [float(n), n]):
    numbers = random.sample(range(100), 40)
    heap = []
    for n in numbers:
        heapq.heappush(heap, make(n))
    other = [make(n) for n in numbers]
    heapq.heapify(other)
    key = (lambda item: item.n) if make is Item else (lambda item: item)
    out = [key(item) for item in drain(heap)]
    print(out == sorted(out), [key(item) for item in drain(other)] == out, out[:3])
print(Item.asked > 100)
heap = [5, 6, 7]
print(heapq.heapreplace(heap, 1), heapq.heappushpop(heap, 0), heapq.heappushpop(heap, 9), heap)
print(heapq.nlargest(3, [4, 9, 2, 7], key=lambda x: -x), heapq.nsmallest(2, 'hello'), list(heapq.merge([1, 4], [2, 3])))
heap = [1, 2, 3, 4]
heapq._heapify_max(heap)
print(heap, heapq._heappop_max(heap), heapq._heapreplace_max(heap, 0), heap)


class Shrinks(Item):
    def __lt__(self, other):
        victim.clear()
        return True


victim = [Shrinks(i) for i in range(5)]
for f in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: heapq.heapify('a'),
          lambda: heapq.heappush([1], 'a'), lambda: heapq.heapify(victim), lambda: heapq.heapreplace([], 1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
