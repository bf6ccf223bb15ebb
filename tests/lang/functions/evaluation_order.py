def v(x):
    print(x, end=" ")
    return x
def f(*a, **k):
    return len(a) + len(k)
print(f(v(1), *[v(2)], v(3), k=v(4), **{"z": v(5)}))
print([v(1), v(2)], {v("a"): v("b"), v("c"): v("d")}, v(1) + v(2) * v(3), (v(0) or v(1)) if v(2) else v(3))
def g(a=v("default"), *, b=v("kwdefault")) -> v("annotation"): pass
v([1, 2])[v(0)]
print()
