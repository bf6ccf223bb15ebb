# Small rules of bytes, bytearray and memoryview.
import copy
import pickle

print(repr(b'\xb9\x01\xef'.hex('\0')), b'abcd'.hex(':', 2), b'ab'.hex(sep='-'))
view = memoryview(b'abc')
before = hash(view)
view.release()
print(hash(view) == before == hash(b'abc'))


class NoBytes(list):
    __bytes__ = None


for value in (NoBytes([1, 2]), type('B', (bytes,), {'__bytes__': None})(b'x')):
    try:
        bytes(value)
    except TypeError as error:
        print('TypeError')

b = b'123'
print(b * 1 is b, 1 * b is b)
array = bytearray(b'x' * 10)
print(array.__alloc__() > len(array))
try:
    array['a'] = 'text'
except TypeError as error:
    print(error)


class Named(bytearray):
    pass


class Slotted(bytearray):
    __slots__ = ('x', '__dict__')


for cls in (Named, Slotted):
    array = cls(b'abcd')
    array.x, array.y = 10, 20
    for twin in (copy.copy(array), copy.deepcopy(array), *(pickle.loads(pickle.dumps(array, p)) for p in range(6))):
        print(type(twin).__name__, bytes(twin), twin.x, twin.y)
print(bytearray(b'\xff').__reduce__(), bytearray(b'\xff').__reduce_ex__(4))


class Slots(set):
    __slots__ = ('x', '__dict__')


value = Slots([1])
value.x, value.y = 1, 2
twin = pickle.loads(pickle.dumps(value))
print(twin, twin.x, twin.y, {1}.__reduce__())
