a, b = 10**30, 10**30
print(a == b, a < b + 1, a > -b, -a < 0, hash(a) == hash(b), {a: 1}[b])
print(hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**64), hash(-2**64))
print(hash(10**30) == hash(1e30), 1e30 == int(1e30), int(1e30))
