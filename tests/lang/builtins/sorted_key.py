people = [("bob", 30), ("al", 25), ("cy", 30)]
print(sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: (-p[1], p[0])), sorted(people, reverse=True))
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v > o.v
print(sorted([1, 3, 2], key=K), min([1, 3], key=K), max([1, 3], key=lambda v: -v))
print(sorted({"b": 1, "a": 2}), sorted("bca"), sorted(x for x in (3, 1)))
try:
    sorted([1], lambda v: v)
except TypeError as e:
    print(e)
