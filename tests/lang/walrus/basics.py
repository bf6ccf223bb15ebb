if (n := 5) > 3:
    print(n)
print([y := 1, y ** 2, y + 1], (z := 2) + z)
data = [1, 2, 3, 4]
print([sq for x in data if (sq := x * x) > 4], sq)
it = iter([1, 2, 0, 3])
while (v := next(it)):
    print(v)
def f():
    if any((hit := x) > 2 for x in data):
        return hit
print(f(), (lambda: (q := 3) + q)())
