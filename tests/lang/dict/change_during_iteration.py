d = {1: 1, 2: 2}
try:
    for k in d:
        d[k + 10] = 0
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
try:
    for k in d:
        del d[k]
        d[k + 5] = 1
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
for k in d:
    d[k] = "changed"
print(d)
