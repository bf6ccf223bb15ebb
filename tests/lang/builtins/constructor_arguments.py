# What __new__ of a builtin class may make, and which keywords a subclass may add.
def attempt(call, *arguments, **keywords):
    try:
        print(call(*arguments, **keywords))
    except TypeError as error:
        print(error)


attempt(tuple.__new__, 5)
attempt(tuple.__new__)
attempt(tuple.__new__, list)
attempt(int.__new__, bool, 0)
attempt(object.__new__, int)
attempt(dict.__new__, 3)


class WithInit(tuple):
    def __init__(self, items, extra=None):
        self.extra = extra


class WithNew(list):
    def __new__(cls, items, extra=None):
        self = super().__new__(cls, items)
        self.extra = extra
        return self


class Plain(float):
    pass


class Point(tuple):
    def __new__(cls, x, y):
        return tuple.__new__(cls, (x, y))


print(WithInit((1, 2), extra=3), WithInit((1,), extra=3).extra)
print(WithNew([1, 2], extra=3), WithNew([1], extra=3).extra, Point(1, 2))
attempt(Plain, value=1)
attempt(tuple, sequence=1)


def positional(a, b, /, c):
    pass


attempt(positional, a=1, b=2, c=3)
attempt(positional, 1, b=2, c=3)
attempt(lambda: positional(*5))
attempt(lambda: len(*5))
attempt(lambda: WithInit(*5))
attempt(lambda: positional(1, *5))
for name in 'find', 'index', 'count', 'startswith', 'rfind':
    attempt(getattr('', name))
    attempt(getattr(b'', name), 1, 2, 3, 4)
