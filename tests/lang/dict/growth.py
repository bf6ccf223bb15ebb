d = {}
for i in range(1000):
    d[f"k{i}"] = i
for i in range(0, 1000, 3):
    del d[f"k{i}"]
print(len(d), d["k1"], sum(d.values()), list(d)[:4], list(d)[-2:])
for i in range(0, 1000, 3):
    d[f"k{i}"] = -i
print(len(d), sum(d.values()), list(d)[-1])
