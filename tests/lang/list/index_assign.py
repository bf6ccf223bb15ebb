x = [1, 2, 3]
x[0] = "a"
x[-1] += 10
print(x, x[0], x[-2], len(x))
for i in (3, -4):
    try:
        x[i]
    except IndexError as error:
        print(error)
    try:
        x[i] = 0
    except IndexError as error:
        print(error)
try:
    del x[5]
except IndexError as error:
    print(error)
try:
    x["a"]
except TypeError as error:
    print(error)
class I:
    def __index__(self):
        return 1
print(x[I()], x[True])
