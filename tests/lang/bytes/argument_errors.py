# Methods of bytes and bytearray name the argument that is wrong.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: bytes(1.5),
    lambda: bytes('a'),
    lambda: bytes(-1),
    lambda: bytes(['a']),
    lambda: bytes([256]),
    lambda: bytearray([256]),
    lambda: bytes(1, 'a'),
    lambda: bytes(encoding='a'),
    lambda: b'a' + 'b',
    lambda: bytearray(b'a') + 1,
    lambda: b'a' * 1.5,
    lambda: b'a'.find('a'),
    lambda: b'a'.find(256),
    lambda: 'a' in b'a',
    lambda: b'a'.split('a'),
    lambda: b'a'.split(b''),
    lambda: b'a'.startswith('a'),
    lambda: b'a'.startswith(('a',)),
    lambda: b'a'.join(['a']),
    lambda: b'a'.join(1),
    lambda: b'a'.center(5, b'ab'),
    lambda: b'a'.translate(b'a'),
    lambda: bytes.maketrans(b'a', b'bc'),
    lambda: b'a'['a':],
    lambda: b'a'[5],
    lambda: bytearray(b'a')['x'],
    lambda: bytes.fromhex('zz'),
    lambda: bytes.fromhex(1),
    lambda: b'a'.hex('ab'),
    lambda: bytearray(b'a').append('a'),
    lambda: bytearray().pop(),
    lambda: bytearray(b'a').pop(5),
    lambda: bytearray(b'a').remove(99),
    lambda: bytearray(b'a').extend(1),
    lambda: bytearray(b'a').__setitem__(0, 256),
    lambda: bytearray(b'a').__setitem__(slice(0, 1), 'a'),
    lambda: bytearray(b'abcd').__setitem__(slice(0, 4, 2), b'a'),
    lambda: b'a'.index(b'z'),
    lambda: b'a' < 'a',
    lambda: hash(bytearray()),
    lambda: bytes.upper('a'),
):
    show(f)
