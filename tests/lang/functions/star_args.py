def f(*args, **kwargs):
    return args, kwargs
print(f(), f(1, 2), f(x=1), f(1, y=2))
def g(a, *rest, k=0, **kw):
    return a, rest, k, kw
print(g(1, 2, 3, k=4, z=5), g(*[1, 2], **{"q": 3}))
def h(*, only): return only
print(h(only=1))
args, kw = f(1, x=2)
kw["y"] = 1
print(f(1, x=2))
