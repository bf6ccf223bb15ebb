def f(a, *b, **c):
    a.m(1, *b, k=2, **c)
    x, *y = a[1:2]
    return {k: v for k, v in c.items()}, f"{a!r:>{x}}"
