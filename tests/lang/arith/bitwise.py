print(6 & 3, 6 | 3, 6 ^ 3, ~6, ~-1)
print(-6 & 3, -6 | 3, -6 ^ 3, -1 & 255)
print(1 << 10, 1024 >> 3, -1024 >> 3, -1 >> 100, 5 >> 0)
x = 0b1100
x &= 0b1010
x |= 1
x ^= 0xF
x <<= 4
x >>= 2
print(x)
print(True & False, True | False, True ^ True, True & 3)
try:
    1 << -1
except ValueError as error:
    print(error)
