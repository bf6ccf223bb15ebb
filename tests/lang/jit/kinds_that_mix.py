# Places that see ints and floats, in any company, and subscripts of several kinds of containers.
def arithmetic(x, y):
    return x + y, x - y, x * y, x / y


def comparisons(x, y):
    return x < y, x <= y, x == y, x != y, x > y, x >= y


def branches(x, y):
    seen = ''
    if x < y: seen += '<'
    if x <= y: seen += '<='
    if x == y: seen += '=='
    if x > y: seen += '>'
    if x > 7: seen += '7'
    if y != 3: seen += '3'
    return seen


def get(container, key):
    return container[key]


def put(container, key, value):
    container[key] = value
    return container


LARGE = 2 ** 53
numbers = [1, 2.5, -3, 0.5, 1e300, 2 ** 59, -2 ** 61, LARGE, LARGE + 1, float(LARGE), 1e-310, True, 2 ** 70]
for start in range(3):
    for x in numbers[start:start + 2]:
        for turn in range(15):
            arithmetic(x, numbers[start + 1])
            comparisons(x, numbers[start + 1])
            branches(x, numbers[start + 1])
for x in numbers:
    print(x, [(arithmetic(x, y), comparisons(x, y), branches(x, y)) for y in numbers])
for x, y in (1, 0), (1.5, 0), (1, 0.0), (1.5, 0.0):
    try:
        arithmetic(x, y)
    except ZeroDivisionError as error:
        print(x, y, error)
print(comparisons(float('nan'), 1), comparisons(1, float('nan')), branches(float('nan'), float('inf')))
try:
    arithmetic(1, 'a')
except TypeError as error:
    print(error)


class Asked:
    def __getitem__(self, key):
        return 'asked', key

    def __setitem__(self, key, value):
        print('told', key, value)


for turn in range(15):
    get([turn, 2], 0)
    put([1, 2], 1, turn)
for container, key in (([1, 2], -1), ((3, 4), 1), ((3, 4), -2), ({5: 6}, 5), ('seven', 2), (b'eight', 3), (Asked(), 9), ({True: 1}, 1.0)):
    print([get(container, key) for turn in range(4)])
for container, key in ([], 0), ((), 0), ({}, 0), ('', 0), ((1, 2), 2 ** 70), ([1], -2), ((1,), 1.0), ({1: 2}, []), (5, 0):
    try:
        get(container, key)
    except (IndexError, KeyError, TypeError) as error:
        print(type(error).__name__, error)
print(put([1, 2], 0, 'a'), put({}, 0, 'b'), put({1.0: 2}, 1, 'c'), put(bytearray(b'xyz'), 1, 65))
put(Asked(), 1, 2)
for container, key in ((), 0), ([], 0), ('a', 0), ({}, {}):
    try:
        put(container, key, 1)
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)


class Point:
    def __init__(self, x, first):
        if first:
            self.extra = None
        self.x = x

    def moved(self, by):
        return self.x + by


print([Point(x, x % 2).moved(0.5) for x in range(40)][-3:], [Point(x, x % 3).moved(1) for x in range(40)][-3:])
