a, b = {1, 2, 3}, {2, 3, 4}
print(a & b, a | b, a - b, sorted(a ^ b), a.union([9]), a.intersection([1, 9]), a.difference([1]), sorted(a.symmetric_difference([1, 5])))
print(a < {1, 2, 3, 4}, a <= a, a < a, a > {1}, a >= b, a.issubset([1, 2, 3, 4]), a.issuperset([1]), a.isdisjoint([7]))
c = set(a)
c &= b
print(c)
c |= {10}
c -= {2}
c ^= {3, 5}
print(sorted(c))
a.intersection_update([1, 2])
a.difference_update([1])
print(a)
try:
    a | [1]
except TypeError as error:
    print(error)
