# A list or set of constants in the middle of a chain is an object of its own kind.
print(1 in [1] in [[1]], 1 in [1] == [1], 2 not in [1] == [1], 1 in {1} == {1}, 1 in {1} in [{1}])
if 1 in [1] == [1]:
    print('equal')
if 1 in [1] is not None in [None]:
    print('both')


def f(x):
    return x in [1, 2] == [1, 2], x in {1, 2} <= {1, 2, 3}, type((0 in [0]) and [0])


print(f(1), f(3))
while 1 in [1] != (1,):
    print('a list is no tuple')
    break
print([y for y in [1, 2] if y in [1] != (1,)])
