print(float(10**20), float(2**70), int(2.0**80), int(-1e25), round(1e20))
print(float(2**53 + 1), float(2**54 + 3), 2**1023 * 1.0)
try:
    float(10**400)
except OverflowError as error:
    print(error)
for value in (float("inf"), float("nan")):
    try:
        int(value)
    except (OverflowError, ValueError) as error:
        print(type(error).__name__, error)
