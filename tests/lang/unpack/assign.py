a, b = 1, 2
a, b = b, a
(c, d), [e, *f] = (3, 4), "xyz"
*g, h = range(4)
i, *j, k = [1, 2]
print(a, b, c, d, e, f, g, h, i, j, k)
x = y = [1]
print(x is y)
x[0], x = 5, [6]
print(x, y)
for a, (b, *c) in [(1, (2, 3, 4)), (5, [6])]:
    print(a, b, c)
