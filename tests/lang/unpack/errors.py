def attempt(f):
    try:
        f()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
def few():
    a, b, c = 1, 2
def many():
    a, b = 1, 2, 3
def star():
    a, *b, c = [1]
def not_iterable():
    a, b = 5
def generator():
    a, b = (i for i in range(5))
def none():
    a, b = None
for f in (few, many, star, not_iterable, generator, none):
    attempt(f)
