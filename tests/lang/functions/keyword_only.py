def f(a, *, b, c=3):
    return a, b, c
print(f(1, b=2), f(a=1, b=2, c=4), f.__kwdefaults__)
for bad in (lambda: f(1), lambda: f(1, 2), lambda: f(1, b=1, d=2)):
    try:
        bad()
    except TypeError as error:
        print(error)
