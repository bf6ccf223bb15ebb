# pack() asks __index__, __float__ and __bool__ of what it is given.
import struct


class Index:
    def __index__(self):
        return 65


class Float:
    def __float__(self):
        return 1.5


class Truth:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        return self.answer


class Broken:
    def __index__(self):
        raise KeyError('index')

    def __float__(self):
        raise KeyError('float')

    def __bool__(self):
        raise KeyError('bool')


print(struct.pack('>BxH2s', Index(), Index(), b'ab'))
print(struct.pack('<2d', Float(), Index()) == struct.pack('<2d', 1.5, 65.0))
print(struct.pack('4?', [], [0], Truth(False), Truth(True)))
print(struct.Struct('2B').pack(Index(), 66))
buffer = bytearray(6)
struct.pack_into('>HB', buffer, 2, Index(), Index())
print(buffer)
values = (Index(), 1)
print(struct.pack('2B', *values), type(values[0]).__name__)
for format in 'B', 'd', '?':
    try:
        struct.pack(format, Broken())
    except Exception as error:
        print(type(error).__name__, error)
for format, value in ('B', 'x'), ('d', 'x'), ('B', 1.5), ('B', Float()):
    try:
        struct.pack(format, value)
    except struct.error as error:
        print(error)
