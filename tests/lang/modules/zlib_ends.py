# Compressors and decompressors that have ended, and numbers that are asked for.
import csv
import hashlib
import zlib


class Number:
    def __index__(self):
        return 100


def refuse(f):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)


packed = zlib.compress(b'a' * 1000)
print(zlib.decompress(packed, bufsize=Number()) == b'a' * 1000)
print(len(zlib.decompressobj().decompress(packed, Number())), len(zlib.decompressobj().flush(Number())))
c = zlib.compressobj()
print(c.compress(b'abc') + c.flush() == zlib.compress(b'abc'))
refuse(c.flush)
refuse(lambda: c.compress(b'x'))
refuse(c.copy)
d = zlib.decompressobj()
d.decompress(packed)
d.flush()
refuse(d.copy)
refuse(lambda: csv.reader([], escapechar=''))
refuse(lambda: csv.reader([], quotechar='', quoting=csv.QUOTE_NONE))
refuse(lambda: csv.reader([], lineterminator=4))
refuse(lambda: hashlib.blake2b(leaf_size=2 ** 32))
refuse(lambda: hashlib.blake2b(node_offset=-1))
print(hashlib.blake2b(leaf_size=2 ** 32 - 1, node_offset=2 ** 64 - 1).hexdigest()[:8])
