# Loops over ranges whose bounds are of many kinds, by code that was made for small ones.
import builtins


def total(start, stop):
    result = 0
    for i in range(start, stop):
        result += i
        if i - start > 5:
            break
    else:
        return 'all', result
    return result, i


def up_to(stop):
    seen = []
    for i in range(stop):
        for j in range(i, stop):
            if j == i + 1:
                continue
            seen.append((i, j))
    return seen


class Index:
    def __index__(self):
        return 3


for turn in range(20):
    total(0, turn)
    up_to(turn % 4)
for start, stop in (0, 0), (5, 2), (-3, 3), (2 ** 61 - 4, 2 ** 61 + 2), (-2 ** 61, 2 ** 61 - 1), (2 ** 80, 2 ** 80 + 2), (False, True):
    print(total(start, stop))
print(up_to(3), up_to(0), up_to(-1), up_to(True), up_to(Index()))
for wrong in 2.0, '3', None:
    try:
        up_to(wrong)
    except TypeError as error:
        print(error)
    try:
        total(0, wrong)
    except TypeError as error:
        print(error)


def held(n):
    kept = range(n)
    for i in kept:
        pass
    for i in kept:
        pass
    return kept, i


print([held(n) for n in (1, 2, 3)][-1])


def leaves(n):
    for i in range(n):
        if i == n // 2:
            return i
    return None


print([leaves(n) for n in range(6)])
range = lambda *bounds: [7, 9]
print(up_to(2))
del range
print(up_to(1))
