def f(a, b=2, c="x"):
    return a, b, c
print(f(1), f(1, 3), f(1, c=5), f(c=1, a=2), f.__defaults__)
def g(x, acc=[]):
    acc.append(x)
    return acc
print(g(1), g(2), g(3, []))
i = 5
def h(v=i):
    return v
i = 6
print(h())
