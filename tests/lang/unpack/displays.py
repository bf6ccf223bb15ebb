a, b = [1, 2], {"x": 1}
print([*a, 3, *"xy"], (*a,), {*a, 2, 9}, {**b, "y": 2, **{"x": 9}}, [*range(3), *a[:1]])
def f(*args, **kwargs):
    return args, kwargs
print(f(*a, 5, *"q", **b, z=1), f(*[], **{}))
for bad in (lambda: [*5], lambda: {**[1]}, lambda: f(**5), lambda: f(**{1: 2}), lambda: f(x=1, **{"x": 2})):
    try:
        bad()
    except TypeError as error:
        print(error)
