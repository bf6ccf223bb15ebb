def f(x):
    if x == 2:
        raise ValueError("two")
    return x
try:
    [f(i) for i in range(5)]
except ValueError as e:
    print(e)
def outer():
    a = [1, 2]
    b = {x: [y for y in a if y != x] for x in a}
    return b
print(outer(), [i for i in range(3) for i in range(i)])
