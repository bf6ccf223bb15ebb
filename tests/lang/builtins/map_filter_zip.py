print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(filter(None, [0, 1, "", "a"])), list(filter(lambda v: v > 1, [1, 2, 3])))
print(list(zip([1, 2], "ab", (True, False))), list(zip()), list(zip(*[(1, 2), (3, 4)])), dict(zip("ab", [1, 2])), list(enumerate("ab", start=1)))
try:
    list(zip([1, 2], [1], strict=True))
except ValueError as e:
    print(e)
try:
    list(zip([1], [1, 2], strict=True))
except ValueError as e:
    print(e)
print(list(reversed([1, 2, 3])), all([]), any([]), all([1, 0]), any([0, 2]), all(x for x in (1, 2)))
