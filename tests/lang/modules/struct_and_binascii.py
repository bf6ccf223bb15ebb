# Packed bytes and their texts.
import base64
import binascii
import struct


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


for f in (
    lambda: struct.pack('<IhB3s', 1, -2, 3, b'ab'),
    lambda: struct.unpack('<IhB3s', b'\x01\0\0\0\xfe\xff\x03ab\0'),
    lambda: struct.calcsize('bi'),
    lambda: struct.pack('e', 1.5),
    lambda: struct.pack('B', 256),
    lambda: struct.pack('b', 1, 2),
    lambda: struct.Struct('>d').pack(1.5),
    lambda: struct.unpack('>d', b'a'),
    lambda: list(struct.iter_unpack('<H', b'abcd')),
    lambda: base64.b64encode(b'hello world'),
    lambda: base64.b64decode('aGVsbG8gd29ybGQ='),
    lambda: base64.b64decode('aGVsbG8gd29ybGQ'),
    lambda: binascii.hexlify(b'ab', '-'),
    lambda: binascii.unhexlify('abc'),
    lambda: binascii.crc32(b'hello'),
    lambda: binascii.crc_hqx(b'hello', 0),
    lambda: binascii.b2a_uu(b'hello'),
    lambda: binascii.a2b_uu(b'%:&5L;&\\ \n'),
    lambda: binascii.b2a_qp(b'a=b \xff'),
    lambda: binascii.a2b_qp(b'a=3Db=20=FF'),
):
    show(f)
