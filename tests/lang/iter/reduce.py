# Iterators copy and pickle as a call that makes them anew and the position to go to.
import copy


def left(it):
    return list(copy.copy(it)), list(it)


def started(iterable):
    it = iter(iterable)
    next(it)
    return it


for source in (range(5), range(7, 0, -3), range(10**20, 10**20 + 3)):
    print(*left(started(source)))
for source in ([1, 2, 3], (1, 2, 3), "abc", b"abc", bytearray(b"abc")):
    it = started(source)
    print(it.__reduce__()[0].__name__, it.__reduce__()[1:], *left(it))
    print(it.__reduce__()[1:])
for source in ({1: 2, 3: 4}, {1: 2, 3: 4}.values(), {1: 2, 3: 4}.items(), {5}):
    it = iter(source)
    print(it.__reduce__()[1], *left(it))
it = started(reversed([1, 2, 3]))
print(it.__reduce__(), *left(it))


class Squares:
    def __getitem__(self, i):
        if i > 4:
            raise IndexError
        return i * i

    def __len__(self):
        return 5


print(*left(started(Squares())), *left(started(reversed(Squares()))))
counter = iter([1, 2, 0, 4]).__next__
print(iter(counter, 0).__reduce__()[1][1])
e = started(enumerate("abc", 7))
print(e.__reduce__()[0], e.__reduce__()[1][1])
z = zip([1, 2], "ab", strict=True)
print(z.__reduce__()[0], len(z.__reduce__()[1]), z.__reduce__()[2])
m = map(pow, [2, 3], [4, 5])
print(m.__reduce__()[0], m.__reduce__()[1][0], len(m.__reduce__()[1]))
f = filter(None, [0, 1])
print(f.__reduce__()[0], f.__reduce__()[1][0])
it = iter("abcdef")
it.__setstate__(4)
print(list(it))
