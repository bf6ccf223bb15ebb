def log(f):
    print("decorating", f.__name__)
    def wrapper(*a, **k):
        return ("wrapped", f(*a, **k))
    return wrapper
def tag(name):
    print("factory", name)
    def deco(f):
        f.tag = name
        return f
    return deco
@log
def f(x):
    return x
@tag("outer")
@log
@tag("inner")
def g(): return 0
print(f(1), g.tag, g())
registry = {}
@registry.setdefault
def h(): pass
@(lambda c: c.__name__)
class K: pass
print(K, h)
