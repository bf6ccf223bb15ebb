x = 2**100 + 5
print(x & 0xFF, x | 1 << 3, x ^ x, ~x, x >> 90, x << 3, -x >> 98)
print(-x & (2**70 - 1), (-x | 3), -x ^ 2**64)
print(x.bit_length(), (-x).bit_length(), x.bit_count(), (0).bit_length())
