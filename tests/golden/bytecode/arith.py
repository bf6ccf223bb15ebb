def f(a, b):
    c = a + b * 2
    return -c if c > 10 else c
