# Where decoders and encoders stop, and what they say.

def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: b'\xff'.decode(),
    lambda: b'\xe2\x82'.decode(),
    lambda: b'\xed\xa0\x80'.decode(),
    lambda: b'\xf0\x9fab'.decode(),
    lambda: b'\xc0\x80'.decode(),
    lambda: b'\xff'.decode('ascii'),
    lambda: b'a'.decode('utf-16'),
    lambda: b'\x00\xd8a\0'.decode('utf-16-le'),
    lambda: b'a\0\0'.decode('utf-32'),
    lambda: b'\0\0\xff\0'.decode('utf-32-le'),
    lambda: b'\\x4'.decode('unicode_escape'),
    lambda: 'é'.encode('ascii'),
    lambda: 'éé'.encode('ascii'),
    lambda: '\ud800'.encode(),
    lambda: '€'.encode('latin-1'),
    lambda: '€'.encode('cp1252'),
    lambda: 'я'.encode('cp1252'),
    lambda: b'a'.decode('no such'),
    lambda: b'\xff'.decode('utf-8', 'foo'),
    lambda: b'a'.decode('utf-8', 'foo'),
    lambda: b'a'.decode('rot13'),
):
    show(f)
