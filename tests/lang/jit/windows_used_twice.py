# One window serves a module's function and then a plain function.
import math
import time


def double(x):
    return x + x


def both(x):
    a = math.floor(x)
    b = double(x)
    c = math.ceil(x)
    return a, b, c


def late(x, deep):
    if deep:
        time.time()
    return double(x)


for i in range(40):
    r = both(i + .5)
print(r)
print([late(i, i % 2) for i in range(40)][-2:])
