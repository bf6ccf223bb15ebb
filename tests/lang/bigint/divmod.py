a = 10**40 + 7
for b in (3, -3, 10**20, -(10**20) - 1, 10**50):
    print(a // b, a % b)
    print(-a // b, -a % b)
    assert (a // b) * b + a % b == a
print(divmod(2**200, 2**100 - 1))
