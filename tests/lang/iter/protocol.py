class Range:
    def __init__(self, n): self.n = n
    def __iter__(self):
        return Iter(self.n)
class Iter:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i
r = Range(3)
print(list(r), list(r), [a + b for a in r for b in r], sum(r), max(r), sorted(r, reverse=True), 2 in r, 9 in r, dict(zip(r, "abc")))
a, *b = r
print(a, b, tuple(r), set(r) == {1, 2, 3}, "-".join(map(str, r)), [*r, *r], list(enumerate(r, 5)))
