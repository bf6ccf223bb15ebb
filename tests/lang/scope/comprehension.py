x = 10
print([x for x in range(3)], x)
def f():
    y = 5
    return [y + i for i in range(2)], {i: y for i in range(2)}, list(y * i for i in range(3))
print(f())
print([(a, b) for a in range(2) for b in range(a + 1)], [[j for j in range(i)] for i in range(3)])
try:
    [q for q in range(2)]
    q
except NameError as error:
    print(error)
