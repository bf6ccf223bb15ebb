print(min(3, 1, 2), max("a", "b"), min([1, -5], key=abs), max([], default="none"), min("hello"), max([1, 2.5, True]), max((1, 2), (1, 3)))
print(sum([1, 2, 3]), sum([0.1] * 3), sum([[1], [2]], []), sum(range(101)), sum([], 5), sum((1, 2), start=10), sum([2**61] * 4), sum([1, 2.5]))
for f in (lambda: min([]), lambda: max(), lambda: max(5), lambda: sum(["a"]), lambda: sum(["a"], ""), lambda: min(1, "a"), lambda: max(1, 2, default=3)):
    try:
        f()
    except (ValueError, TypeError) as e:
        print(e)
