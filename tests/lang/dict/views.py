d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
d["c"] = 3
print(k, v, i, len(k), "a" in k, 3 in v, ("b", 2) in i)
print(sorted(k & {"a", "c", "z"}), sorted(k | {"q"}), sorted(k - {"a"}), sorted(k ^ {"a", "x"}), k == {"a", "b", "c"}, k.isdisjoint(["z"]))
print(sorted(i & {("a", 1)}))
