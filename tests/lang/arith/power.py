print(2 ** 10, 2 ** 0, 0 ** 0, (-2) ** 3, -2 ** 2, 2 ** -1, (-2) ** -2)
print(2.0 ** 0.5, 4 ** 0.5, (-8) ** (1 / 3) == (-8 + 0j) ** (1 / 3))
print(2 ** 3 ** 2, pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7))
print(pow(2, 200, 10**9 + 7), pow(-5, 3, 7), pow(5, 0, 1))
try:
    pow(2, -1, 4)
except ValueError as error:
    print(error)
try:
    pow(2, 3, 0)
except ValueError as error:
    print(error)
try:
    2.0 ** 100000
except OverflowError as error:
    print(error)
