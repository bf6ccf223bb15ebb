def a(x):
    def b(y):
        def c(z):
            nonlocal x
            x += 1
            return x, y, z
        return c
    return b
c = a(1)(2)
print(c(3), c(4), a(10)(20)(30))
