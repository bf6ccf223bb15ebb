def counter():
    n = 0
    def step(by=1):
        nonlocal n
        n += by
        return n
    def read():
        return n
    return step, read
step, read = counter()
step()
step(5)
print(read(), step.__closure__[0].cell_contents, step.__code__.co_freevars, counter()[1]())
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
