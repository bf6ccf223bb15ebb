import zlib
d = b'hello world ' * 500
for level in (-1, 0, 1, 9):
    assert zlib.decompress(zlib.compress(d, level)) == d
print(zlib.crc32(d), zlib.adler32(d), zlib.crc32(b'x', 5), zlib.crc32(b'', -1))
c = zlib.compressobj(9, zlib.DEFLATED, 31)
first = c.compress(d[:100])
copy = c.copy()
other = first + copy.compress(b'zzz') + copy.flush()
whole = first + c.compress(d[100:]) + c.flush()
q = zlib.decompressobj(47)
print(q.decompress(whole) == d, q.eof, q.unused_data)
q = zlib.decompressobj(47)
print(q.decompress(other + b'tail'), q.eof, q.unused_data)
q = zlib.decompressobj(31)
start = q.decompress(whole, 10)
copy = q.copy()
rest = copy.decompress(copy.unconsumed_tail)
print(start, len(q.unconsumed_tail) > 0, start + rest + copy.flush() == d)
c = zlib.compressobj(zdict=b'hello')
packed = c.compress(b'hello hello') + c.flush()
print(zlib.decompressobj(zdict=b'hello').decompress(packed))
for f in (lambda: zlib.decompress(b'abc'), lambda: zlib.decompress(zlib.compress(b'abc')[:-2]),
          lambda: zlib.compress(b'', 77), lambda: zlib.compressobj(wbits=99), lambda: zlib.decompressobj(99),
          lambda: zlib.decompressobj().decompress(packed), lambda: zlib.crc32('a'), lambda: zlib.Compress()):
    try:
        f()
    except Exception as e:
        print(type(e), e)
import gzip
print(gzip.decompress(gzip.compress(d)) == d)
