# Where nothing has to be converted, builtins hand out the very object that they were given.
nan = float('nan')
huge = float('1e300')
print(float(nan) is nan, float(huge) is huge, float(float(nan)) is nan)


class Real(float):
    pass


real = Real(1e300)
print(type(float(real)).__name__, type(Real(huge)).__name__)
big = 2**80
print(range(big).stop is big, range(big, big, big).start is big, range(0, 1, big).step is big)


class Number(int):
    pass


print(type(range(Number(big)).stop).__name__, type(range(Number(5)).stop).__name__, range(True))
mark = bytearray(b'-')
parts = b'a-b'.partition(mark)
print(parts, parts[1] is mark, b'a-b'.rpartition(mark)[1] is mark)
print(bytearray(b'a-b').partition(mark), bytearray(b'a-b').partition(mark)[1] is mark)
print(b'ab'.partition(mark), bytearray(b'ab').rpartition(b'-'))
view = memoryview(b'-')
print(b'a-b'.partition(view)[1] is view)
