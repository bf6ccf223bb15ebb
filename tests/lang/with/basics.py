class CM:
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow
    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None, v)
        return self.swallow
with CM("a") as x:
    print(x)
with CM("a") as x, CM("b") as y:
    print(x, y)
with (CM("p"), CM("q") as q,):
    print(q)
with CM("s", True):
    raise ValueError("swallowed")
try:
    with CM("o"), CM("i"):
        raise KeyError("passes")
except KeyError as e:
    print("outside", e)
def f():
    for i in range(3):
        with CM(str(i)):
            if i == 0: continue
            return i
print(f())
