r = range(2, 20, 3)
print(r, len(r), list(r), r[0], r[-1], r[1:3], r[::-1], 5 in r, 6 in r, r.index(8), r.count(8), r.start, r.stop, r.step)
print(range(5), range(0), list(range(5, 0, -2)), range(0) == range(2, 2), range(3) == range(0, 3, 1), list(reversed(range(4))))
print(hash(range(3)) == hash(range(0, 3)), bool(range(0)), range(10**20)[10**19], len(range(0, 10**12, 7)), 10**15 in range(10**18))
for f in (lambda: range(1, 2, 0), lambda: range("a"), lambda: r[10], lambda: range(1.0), lambda: len(range(10**30))):
    try:
        f()
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        print(type(error).__name__, error)
