a = 3 + 4j
print(a, abs(a), a.real, a.imag, a.conjugate(), a * 2, a * a, a / (1 - 1j), a - 3, -a)
print(1j ** 2, complex(1, 2), complex("1+2j"), complex("3j"), complex(2), 0j, -0j, 1e20 + 1j)
print(a == 3 + 4j, a == 3, (3 + 0j) == 3, hash(3 + 0j) == hash(3), bool(0j))
try:
    int(a)
except TypeError as error:
    print(error)
