def power(n):
    x = 1
    for i in range(n):
        x = x * 3
    return x
def down(n):
    x = -1
    i = 0
    while i < n:
        x -= 1 << i
        i += 1
    return x
for n in (3, 30, 40, 60, 200):
    print(power(n), down(n))
def mixed(n):
    total = 2 ** 61 - 5
    for i in range(n):
        total += 1
    return total
print(mixed(10), mixed(3), mixed(0))
