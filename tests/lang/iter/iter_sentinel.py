values = iter([1, 2, 3, "stop", 4])
print(list(iter(lambda: next(values), "stop")), next(values))
print(next(iter([]), None), next(iter("a")))
for f in (lambda: next(iter([])), lambda: next([]), lambda: iter(5), lambda: iter(5, 6)):
    try:
        f()
    except (StopIteration, TypeError) as e:
        print(type(e).__name__, e)
