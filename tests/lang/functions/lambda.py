print((lambda: 1)(), (lambda x, y=2, *z, k=3, **kw: (x, y, z, k, kw))(1, 5, 6, q=7))
f = lambda *a: sum(a)
print(f(1, 2, 3), list(map(lambda p: p[0], [(1, 2)])), (lambda x: lambda y: x + y)(1)(2))
