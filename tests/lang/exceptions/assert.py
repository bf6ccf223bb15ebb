def f(x):
    assert x > 0, f"bad {x}"
    assert x < 10
    return x
print(f(5))
for v in (-1, 50):
    try:
        f(v)
    except AssertionError as e:
        print(repr(e))
