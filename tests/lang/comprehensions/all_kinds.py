print([i * i for i in range(5)], {i % 3 for i in range(9)}, {i: chr(97 + i) for i in range(3)}, tuple(i for i in range(2)))
print([i for i in range(20) if i % 2 if i % 3], [(i, j) for i in range(3) for j in range(i)], [[j * i for j in range(3)] for i in range(2)])
m = [[1, 2], [3, 4]]
print([x for row in m for x in row], [[r[i] for r in m] for i in range(2)], {k: v for k, v in zip("ab", (1, 2))}, [a + b for a, b in [(1, 2)]])
print([*(i for i in range(2)), *[5]], [y for x in "ab" for y in (x, x.upper())], [(lambda: i)() for i in range(3)], [i if i else "zero" for i in range(2)])
