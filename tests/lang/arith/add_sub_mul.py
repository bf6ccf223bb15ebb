print(1 + 2, 5 - 9, -3 * 7, 0 * -1)
a = 7
a += 3
a -= 1
a *= 2
print(a)
print(2 + 3 * 4 - 5, (2 + 3) * (4 - 5))
print(True + True, True * 3, -True, +False)
print("ab" + "cd", "ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1)
print([1] + [2], [0] * 3, (1,) + (2,), (1, 2) * 2)
