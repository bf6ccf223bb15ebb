a = bytearray(b"abc")
a.append(100)
a.extend(b"ef")
a[0] = 65
a[1:3] = b"xyz"
print(a, len(a), a.pop(), a.pop(0), a)
a.insert(1, 33)
a.remove(33)
a.reverse()
del a[0]
a += b"12"
print(a, bytes(a), a == b"".join([bytes(a)]), a.find(b"1"), a.decode())
a.clear()
print(a, bytearray(2), bytearray([1, 2]))
try:
    a.append(256)
except ValueError as error:
    print(error)
try:
    hash(a)
except TypeError as error:
    print(error)
