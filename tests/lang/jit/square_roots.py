# Roots that are taken in place, and those that are the native's to judge.
import cmath
import math
from math import sqrt


class Length(float):
    pass


def roots(numbers, root):
    found = []
    for x in numbers:
        try:
            found.append(root(x))
        except (ValueError, TypeError) as e:
            found.append(str(e))
    return found


def sum_of_roots(n):
    total = 0.0
    for i in range(n):
        total += sqrt(i + 0.25)
    return total


print(sum_of_roots(10), sum_of_roots(3000))
for root in (math.sqrt, cmath.sqrt):
    for _ in range(200):
        roots([4.0, 2.25], root)
    print(roots([4.0, 0.0, -0.0, 9, True, Length(16.0), float("inf"), 1e300, 1e-300, 5e-324], root))
    print(roots([float("nan"), -1.0, -1, "4", None, float("-inf")], root))
