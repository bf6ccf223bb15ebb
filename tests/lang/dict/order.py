d = {}
for i in (5, 3, 9, 1):
    d[i] = i * i
del d[3]
d[3] = "again"
d[5] = "same place"
print(d, list(reversed(d)), list(reversed(d.items())))
print({"x": 1, "y": 2} == {"y": 2, "x": 1}, {1: 1} != {1: 2})
for k in list(d):
    if k > 4:
        del d[k]
print(d)
