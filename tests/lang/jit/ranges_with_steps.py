# Loops over ranges whose step is written in the program: up, down, over nothing, near the limits of small ints,
# and left half-way.
BIG = 2**59


def down(n):
    out = 0
    for i in range(n, -1, -1):
        out = out * 3 + i
        if out > 1000000:
            out %= 1013
    return out


def steps(start, stop):
    seen = []
    for i in range(start, stop, 3):
        seen.append(i)
    for i in range(stop, start, -3):
        seen.append(-i)
    for i in range(start, stop, 7):
        if i > start + 14:
            break
        seen.append(i * 10)
    else:
        seen.append("all")
    return seen


def wide(start, stop):
    count = last = 0
    for i in range(start, stop, 288230376151711744):
        count += 1
        last = i
    for i in range(stop, start, -288230376151711744):
        count += 1
        last -= i
    return count, last


def nothing(n):
    for i in range(n, 0, 0):
        return i


for k in range(200):
    down(k)
    steps(k % 5, k % 11)
    wide(-k, k)
print(down(0), down(-1), down(7), down(1000))
for a, b in (0, 10), (0, 9), (1, 9), (5, 5), (6, 5), (-4, 20), (0, 1), (0, 3), (0, 4):
    print(steps(a, b))
print(wide(-BIG, BIG), wide(-BIG * 2, BIG * 2), wide(-BIG * 4, BIG * 4), wide(0, 10**19)[0])
try:
    steps(0, 2.5)
except TypeError as e:
    print(e)
try:
    nothing(3)
except ValueError as e:
    print(e)


def permuted(n, items, out):
    if n == 0:
        out.append("".join(items))
        return
    for i in range(n - 1, -1, -1):
        items[i], items[n - 1] = items[n - 1], items[i]
        permuted(n - 1, items, out)
        items[i], items[n - 1] = items[n - 1], items[i]


for k in range(30):
    out = []
    permuted(4, list("abcd"), out)
print(len(set(out)), out[:8])
