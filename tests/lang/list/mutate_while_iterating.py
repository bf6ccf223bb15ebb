x = [1, 2, 3, 4, 5]
for v in x:
    print(v)
    if v < 3:
        x.append(v + 10)
    if v == 4:
        x.pop()
print(x)
i = iter([1, 2])
print(list(i), list(i), next(i, "end"))
