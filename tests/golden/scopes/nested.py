g = 1
def outer(a, b):
    global g
    c = a
    def inner():
        nonlocal c
        c = b + g
        return [c + i for i in range(a)]
    class K:
        x = b
        def m(self): return __class__, x
    return inner
