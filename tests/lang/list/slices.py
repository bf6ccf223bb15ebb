x = list(range(10))
print(x[2:5], x[:3], x[7:], x[::3], x[::-1], x[8:2:-2], x[-3:], x[:-8], x[5:2], x[100:], x[:])
x[2:5] = ["a"]
print(x)
x[1:1] = [7, 8]
print(x)
x[::4] = ["p"] * len(x[::4])
print(x)
del x[1:3]
print(x)
del x[::2]
print(x)
x[:] = "abc"
print(x)
try:
    x[::2] = [1]
except ValueError as error:
    print(error)
try:
    x[0:1] = 5
except TypeError as error:
    print(error)
try:
    x[::0]
except ValueError as error:
    print(error)
