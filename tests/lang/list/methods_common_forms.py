# The methods of lists as they are called most, with receivers and arguments that need more than that.
class Same:
    def __eq__(self, other):
        return other == 2


class Index:
    def __index__(self):
        return 1


class List(list):
    pass


def error(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except Exception as e:
        print(type(e).__name__, e)


for make in (list, List):
    l = make([3, 1, 2])
    l.insert(0, 5), l.insert(-1, "x"), l.insert(99, 6), l.insert(-99, 7), l.insert(Index(), 8), l.insert(True, 9)
    print(l, l.index(2), l.index("x"), l.index(2.0), l.index(Same()), l.index(2, 3), l.index(2, 0, 99))
    l.remove("x"), l.remove(Same()), l.remove(9)
    print(l)
    l.sort()
    print(l)
    l.sort(reverse=True)
    l.sort(key=lambda x: -x)
    print(l)
    error(l.index, 77), error(l.remove, 77), error(l.insert, 1), error(l.sort, 1), error(l.index)
    error(list.insert, 5, 1, 2), error(list.sort, (1,)), error(list.index, (1,), 1)
    take = l.remove
    take(3)
    add = l.append
    add(10), add(11)
    print(l, min(l), max(l), min(l, key=lambda x: -x))
    mixed = make([1, "a"])
    error(mixed.sort)
    print(mixed)
print(min(3, 1.5, 2), max(1, True), max("b", "a", "c"), min([2.5, 1]), max((4, 5)), min(iter([3, 2])), max([0.0, -0.0]))
nan = float("nan")
print(min(nan, 1), min(1, nan), max([1, nan]), max([nan, 1]))
error(min), error(max, []), error(max, 1), error(min, 1, "a"), error(min, [], default=4), error(chr, -1), error(chr, "a")
print(chr(97), chr(True), chr(Index()), chr(0x10FFFF) == "\U0010FFFF")

s = {1, "a", (2, 3), frozenset({4})}
s.discard(1), s.discard(99), s.discard({4})
s.remove("a")
error(s.remove, "a"), error(s.discard, []), error(s.remove), error(set.discard, frozenset(), 1)
print(s, -1 in {-2}, -2 in {-1, -2}, {-1, -2} - {-1}, {-1} | {-2} == {-2, -1})
print({1, 2, 3} & {2, 3, 4}, {1, 2} ^ {2, 3}, {1, 2} | {3}, {1, 2} - {2}, {True} & {1}, {1.0} | {1})
