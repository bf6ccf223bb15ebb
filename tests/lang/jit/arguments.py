# Hot calls whose arguments have to find their parameters: defaults, keywords, both, in functions, methods and
# constructors, inlined or not; and defaults that are replaced when the code is there.
class Point:
    def __init__(self, x, y=2, z=3.5):
        self.x, self.y, self.z = x, y, z

    def moved(self, dx=0, dy=0, *, dz=0):
        return Point(self.x + dx, self.y + dy, z=self.z + dz)

    def scaled(self, by=2, what="x"):
        return getattr(self, what) * by

    def sum(self, extra=0.25):
        return self.x + self.y + self.z + extra


def plain(a, b=10, c=100):
    return a * 2 + b - c


def positional_only(a, b=7, /, c=9):
    return a - b * c


def large(a, b=3, c=None):
    total = 0
    for i in range(3):
        total += a * b
        if c is not None:
            total -= c
    for i in range(2):
        total ^= i
    return total


def rest(a, *others, key=1, **named):
    return a + len(others) + key + len(named)


def mutable(value, into=[]):
    into.append(value)
    if len(into) > 5:
        into.clear()
    return len(into)


def functions(times):
    total = 0
    for i in range(times):
        total += plain(i) + plain(i, 3) + plain(i, c=5) + plain(c=i, a=2, b=1) + plain(b=4, a=i)
        total -= positional_only(i) + positional_only(i, c=2) + positional_only(i, 3)
        total += large(i) + large(i, c=2) + large(b=i, a=1)
        total += rest(i) + rest(i, 1, 2, key=3, other=4)
        total += mutable(i)
    return total


def methods(times):
    point, total = Point(1), 0
    for i in range(times):
        point = point.moved(dy=1).moved(1) if i % 50 else Point(0, z=i)
        total += point.sum() + point.sum(extra=1) + point.scaled() + point.scaled(what="y") + point.scaled(3, "z")
    return total, vars(point)


def makes(times):
    return sum(Point(i).y + Point(y=i, x=1).x + Point(i, z=2).z + Point(i, i).y for i in range(times))


def wrong(times):
    counts = {}
    for i in range(times):
        for call in (lambda: plain(), lambda: plain(1, a=2), lambda: plain(1, d=2), lambda: plain(1, 2, 3, 4),
                     lambda: positional_only(1, b=2)):
            try:
                call()
            except TypeError as error:
                counts[str(error)] = counts.get(str(error), 0) + 1
    return counts


def with_defaults_replaced(times):
    total = 0
    for i in range(times):
        total += plain(i)
        if i == times // 2:
            plain.__defaults__ = (1, 2)
        if i == times * 3 // 4:
            plain.__defaults__ = None
            try:
                plain(i)
            except TypeError as error:
                print(error)
            plain.__defaults__ = (20, 10, 100)[1:]
    return total


print(functions(1500))
print(methods(1500))
print(makes(1000))
print(wrong(300))
print(with_defaults_replaced(3000))
