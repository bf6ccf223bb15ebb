print(7 / 2, -7 / 2, 1 / 3, 4 / 2, 0 / 5)
print(10**30 / 10**10, 1 / 10**20, (10**400) / (10**399))
try:
    10**400 / 3
except OverflowError as error:
    print(error)
