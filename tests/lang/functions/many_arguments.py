def f(a, b, c, d, e, g, h, i, j, k, l, m):
    return [a, b, c, d, e, g, h, i, j, k, l, m]
print(f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), f(*range(12)), f(1, 2, 3, m=12, l=11, k=10, j=9, i=8, h=7, g=6, e=5, d=4))
def s(*a):
    return len(a), a[-1]
print(s(*range(1000)))
