d = {"a": 1}
d.update({"b": 2}, c=3)
d.update([("d", 4), ("e", 5)])
print(d, d.setdefault("a", 9), d.setdefault("f"), d.pop("e"), d.pop("zz", "none"), d.popitem())
print(dict.fromkeys("abc", 0), dict.fromkeys([1]), d.copy() == d, {**d, "z": 26}, d | {"a": 7}, dict(a=1, **{"b": 2}))
d |= {"new": 1}
e = d
e.clear()
print(d, dict([(1, 2)]), dict({1: 2}, x=3))
for f in (lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: {}.update(5), lambda: {} | []):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
