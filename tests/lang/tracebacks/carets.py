# stderr: whole
def f(a):
    return a
d = {"x": [1, 2, 3]}
print(f(1) + f(2) + d["x"][5] * 2)
