# int, str, float and bool as they are called most, beside what needs more than that.
def error(f, *args, **keywords):
    try:
        print(repr(f(*args, **keywords)))
    except Exception as e:
        print(type(e).__name__, e)


class Int(int):
    pass


class Odd:
    def __int__(self):
        return 5

    def __str__(self):
        return "odd"

    def __bool__(self):
        return False


for x in ["12", "-12", "+12", " 12 ", "1_000", "", "-", "--1", "12a", "0x1", "٣", "9" * 18, "9" * 19, "-" + "9" * 17, "0012", "1.5", 7, Int(7),
          True, 2.9, -2.9, float("inf"), float("nan"), 1e30, Odd(), None, [], b"12", 1 << 80]:
    error(int, x), error(str, x) if not isinstance(x, bytes) else None, error(float, x), error(bool, x)
error(int), error(str), error(float), error(bool), error(int, "ff", 16), error(int, "12", base=3), error(int, 1, 2, 3), error(bool, 1, 2)
print(type(int(Int(3))), type(str("a")), str(1.0), str(-0.0), str(10**20), float(3), float(True), float(2**60 + 1))


class Proxy:
    __class__ = int


class Late:
    pass


late = Late()
print(isinstance(Proxy(), int), isinstance(late, int), isinstance(late, (str, Late)))
Late.__class__ = property(lambda self: str)
print(isinstance(late, str), isinstance(late, Late), isinstance(late, int))
print([list(x) for x in (enumerate("ab"), enumerate([1], 5), zip([1, 2], "ab"), zip(), zip([1]), map(str, [1, 2]), reversed([1, 2, 3]))])
print(type(enumerate([])), type(reversed([])), type(zip()), type(map(str, [])))
error(enumerate), error(enumerate, 1), error(zip, 1), error(map, str), error(map, str, 1), error(reversed, {1}), error(zip, [1], strict=True)
for x in (b"ab", bytearray(b"ab"), {1: 2}, {1: 2}.items(), {1: 2}.values(), {3}, frozenset({3}), range(2)):
    print(type(iter(x)).__name__, list(x), list(zip(x, x)), list(enumerate(x)))
