# A loop's iterator is in a register on some of the ways that meet and in the frame on others, when its place in
# the range has to be written back.
def count(limit):
    start = 35
    if limit <= limit:
        for i in range(10, 0, -1):
            inner = 0
            while inner < 3:
                inner += 2
                if start is None:
                    if isinstance(start, int) and (not -2 ** 90 < start < 2 ** 90):
                        pass
    return i, inner


for limit in 1, 1.5, 1e200, 'a', 2 ** 70, (1, 2):
    print(count(limit))


def places(items):
    seen = []
    for i in range(6):
        for item in items:
            if item:
                item += i
            seen.append(item)
    return seen


print(places([1, 0, 2.5]))
print(places(['', (), 3, 2 ** 63]))
