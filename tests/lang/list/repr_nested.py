x = [1, "a", None, [2.5, (3,)], {"k": [1]}]
print(x)
x.append(x)
print(x)
d = {}
d["self"] = d
print(d)
t = ([],)
t[0].append(t)
print(t)
