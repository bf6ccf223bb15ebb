# Views of bytes and bytearray.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: memoryview(b'abc').tolist(),
    lambda: memoryview(b'abcdef')[1:4].tobytes(),
    lambda: memoryview(b'abcdef')[::-2].tolist(),
    lambda: bytes(memoryview(b'abc')[::2]),
    lambda: memoryview(b'ab').hex(),
    lambda: memoryview(b'ab').shape,
    lambda: memoryview(b'ab').readonly,
    lambda: memoryview(b'abc') == b'abc',
    lambda: list(memoryview(b'ab')),
    lambda: memoryview(b'abcd').cast('I')[0],
    lambda: memoryview(b'abc').cast('I'),
    lambda: memoryview(b'abcd').cast('x'),
    lambda: memoryview(1),
    lambda: memoryview(b'a')[5],
    lambda: memoryview(b'a')['a'],
    lambda: memoryview(b'a').__setitem__(0, 1),
    lambda: memoryview(bytearray(b'a')).__setitem__(0, 256),
    lambda: memoryview(bytearray(b'ab')).__setitem__(slice(0, 2), b'a'),
):
    show(f)

m = memoryview(bytearray(b"abcd"))
m[0] = 65
m[1:3] = b"XY"
print(m.obj, bytes(m))
with m:
    pass
show(lambda: m[0])
