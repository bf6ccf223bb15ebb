print([1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 5], [1] != [1.0], [1, 2] <= [1, 2])
print([1] == (1,), [float("nan")] == [float("nan")])
n = float("nan")
print([n] == [n], n in [n])
try:
    [1] < [None]
except TypeError as error:
    print(error)
