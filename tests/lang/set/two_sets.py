# Operators of two sets: the same answers whether or not the keys are the program's to compare.
class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return f"K{self.n}"


def show(a, b, key):
    for result in (a | b, a & b, a - b, a ^ b):
        print(sorted(result, key=key), type(result).__name__)
    print(a <= b, a >= b, a < b, a > b, a == b, a.isdisjoint(b), a <= a, a - a, a ^ a, len(a | a), len(a & a))
    for name in ("update", "difference_update", "symmetric_difference_update", "intersection_update"):
        c = set(a)
        getattr(c, name)(b)
        print(name, sorted(c, key=key))


show({1, 2, 3, 4}, {3, 4, 5}, None)
show(frozenset("abcd"), set("cx"), None)
show(set(range(40)), {1}, None)
show({(1, 2), (3, 4)}, {(3, 4)}, None)
show({Key(i) for i in range(5)}, {Key(i) for i in range(3, 9)}, lambda k: k.n)
mixed = {1, Key(1)} | {Key(1), 2}
print(len(mixed), len({1, Key(1)} & {Key(1), 2}), len({1, Key(1)} - {Key(1), 2}), len({1, Key(1)} ^ {Key(1), 2}))
