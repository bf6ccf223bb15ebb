def until(it, stop):
    for x in it:
        if x == stop:
            break
    return next(it)
print(until(iter(range(10)), 3), until(iter(range(0, 100, 7)), 21), until(iter([5, 6, 7, 8]), 6))
def first(it):
    for x in it:
        return x
it = iter(range(3))
print(first(it), first(it), first(it), first(it))
def pairs(it):
    out = []
    for x in it:
        out.append((x, next(it, None)))
    return out
print(pairs(iter(range(7))))
def nested(n):
    rows = []
    for i in range(n):
        row = []
        for j in range(i):
            if j == 3:
                break
            row.append(i * j)
        rows.append(row)
    return rows
print(nested(6))
def backwards():
    return [i for i in range(10, 0, -3)], [i for i in range(0)]
print(backwards())
def keeps_growing():
    items = [1]
    for x in items:
        if x < 6:
            items.append(x + 1)
    return items
print(keeps_growing())
