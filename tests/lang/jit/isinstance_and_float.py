# isinstance() and float() with arguments of all kinds, hooks among them, in code that is hot.
class A:
    pass


class B(A):
    pass


class Pretends(list):
    @property
    def __class__(self):
        return dict


class Meta(type):
    def __instancecheck__(cls, o):
        return o == 3


class Hooked(metaclass=Meta):
    pass


def kinds(x):
    return (isinstance(x, A), isinstance(x, tuple), isinstance(x, int), isinstance(x, float),
            isinstance(x, dict), isinstance(x, Hooked), isinstance(x, (int, str)))


values = (1, 2.5, None, True, (), [], {}, A(), B(), Pretends(), 3, 10**40, 1e300, "x", kinds)
for _ in range(300):
    for v in values:
        kinds(v)
for v in values:
    print(*map(int, kinds(v)))


def of_numbers(n):
    found = 0
    for i in range(n):
        x = i * 0.5
        if isinstance(i, int) and isinstance(x, float) and not isinstance(x, int):
            found += 1
    return found


print(of_numbers(3000))


class Number:
    def __float__(self):
        return 2.5


def total(x, n):
    s = 0.0
    for _ in range(n):
        s += float(x)
    return s


for _ in range(100):
    for v in (1, 2.5, True, 1e300, 10**40, "3.5"):
        total(v, 10)
for v in (1, 2.5, True, 1e300, 10**40, "3.5", Number()):
    print(total(v, 10))
for v in ("q", [], 10**400):
    try:
        total(v, 1)
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
