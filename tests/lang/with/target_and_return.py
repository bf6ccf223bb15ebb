class CM:
    def __enter__(self): return (1, [2, 3])
    def __exit__(self, *a): print("exit", a[0]); return None
d = {}
with CM() as (a, [b, c]), CM() as d["k"]:
    print(a, b, c, d)
def f():
    with CM():
        return "from with"
print(f())
def g():
    with CM():
        yield 1
        yield 2
for v in g():
    print(v)
