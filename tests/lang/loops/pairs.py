# Loops and comprehensions over pairs: unpacked at once where they can be, in every way that they cannot.
class Pairs:
    def __init__(self, items):
        self.items = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.items)


class Numbers(enumerate):
    def __next__(self):
        i, x = super().__next__()
        return i * 10, x


class Letters(zip):
    def __next__(self):
        return super().__next__()[::-1]


def error(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


def pairs(iterable):
    out = []
    for a, b in iterable:
        out.append((a, b))
    return out


def lists(iterable):
    return [[a, b] for [a, b] in iterable]


def stars(iterable):
    return [(a, b) for a, *b in iterable]


def wholes(iterable):
    out = []
    for pair in iterable:
        a, b = pair
        out.append((pair, a, b))
    return out


d = {"x": 1, "y": 2, "z": 3}
makers = [d.items, lambda: enumerate("ab"), lambda: enumerate([5, 6], -1), lambda: enumerate({7: 8}, 1 << 62), lambda: zip([1, 2], "abc"),
          lambda: zip("abc", [1]), lambda: zip({1, 2}, range(3)), lambda: zip(range(2), d), lambda: zip([1, 2], (x for x in "ab")),
          lambda: zip([1, 2], [3, 4], strict=True), lambda: zip(*[iter(range(4))] * 2), lambda: Pairs([(1, 2), [3, 4], "ab"]),
          lambda: [(1, 2), "cd"], lambda: Numbers("ab"), lambda: Letters([1, 2], "ab"), lambda: zip(b"ab", bytearray(b"cd")),
          lambda: map(lambda x: (x, x), [1, 2]), lambda: enumerate(Pairs([1, 2])), lambda: ((x, x) for x in range(2)), lambda: zip(enumerate("a"), [2])]
for make in makers:
    print(pairs(make()), lists(make()), stars(make()), wholes(make()))
for bad in (lambda: zip([1], [2], [3]), lambda: zip([1]), lambda: [1], lambda: zip([1, 2], [3], strict=True), lambda: Pairs([(1,)])):
    error(pairs, bad()), error(lists, bad())


def changing():
    d = {1: 2, 3: 4}
    for k, v in d.items():
        d[k + 10] = v


def deleting():
    d = {1: 2, 3: 4}
    for k, v in d.items():
        del d[k]
        d[k + 10] = v


error(changing), error(deleting)
it = zip([1, 2, 3], iter([4]))
print(pairs(it), pairs(it))
left = iter([1, 2, 3])
print(pairs(zip(left, [4, 5])), next(left, "used up"))
left = iter([1, 2, 3])
print(pairs(zip([4, 5], left)), next(left, "used up"))
print({k: v for k, v in zip("ab", [1, 2])}, sorted({(a, b) for a, b in enumerate("ab")}), sum(a * b for a, b in zip([1, 2], [3, 4])))


class Count:
    def __init__(self, end, error=StopIteration):
        self.at, self.end, self.error = 0, end, error

    def __iter__(self):
        return self

    def __next__(self):
        self.at += 1
        if self.at > self.end:
            raise self.error
        return self.at


class Generating(Count):
    def __next__(self):
        yield 1


print([x for x in Count(3)], list(Count(2)), sum(Count(3)), max(Count(4)), pairs(zip(Count(2), Count(3))), [*Count(1)], dict(zip(Count(2), "ab")))
error(list, Count(1, ValueError)), error(pairs, Count(1))
first = next(iter(Generating(1)))
print(next(first))
for g in Generating(1):
    print(list(g))
    break
try:
    next(Count(0))
except StopIteration as e:
    print("StopIteration", e.args)
