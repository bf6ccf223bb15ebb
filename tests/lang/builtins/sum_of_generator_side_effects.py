def g():
    for i in range(3):
        print("make", i)
        yield i
print(sum(g()))
print(any(v == 1 for v in g()))
print(list(zip(g(), g())))
print(dict((i, i) for i in g()))
