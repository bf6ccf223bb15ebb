d = {"a": 1, "b": 2, 3: "x", (1, 2): None}
print(d, len(d), d["a"], d.get("z"), d.get("z", 5), "a" in d, "z" not in d)
d["c"] = 9
d["a"] += 10
del d["b"]
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()))
for f in (lambda: d["zz"], lambda: {}[[]], lambda: {[]: 1}, lambda: d.pop("q"), lambda: {}.popitem()):
    try:
        f()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
try:
    del d["zz"]
except KeyError as error:
    print(repr(error))
