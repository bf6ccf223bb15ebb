# Every protocol writes plain data byte for byte as CPython does: at the edges of batches, frames and sizes of
# numbers, with shared, recursive and mutually nested containers.
# modes: -gc -gc-each its data are too large
import hashlib
import io
import pickle


class Sized(pickle.Pickler):
    def persistent_id(self, item):
        return len(item) if isinstance(item, bytes) and len(item) == 7 else None


def digest(value):
    parts = []
    for protocol in range(6):
        data = pickle.dumps(value, protocol)
        parts.append(data)
        out = io.BytesIO()
        pickle.dump(value, out, protocol)
        parts.append(out.getvalue())
        back = pickle.loads(data)
        assert repr(back) == repr(value), (protocol, repr(value)[:80])
    return hashlib.md5(b'|'.join(parts)).hexdigest()[:12]


ints = [0, 1, -1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, -2**31 - 1]
ints += [s * (1 << n) + d for n in range(32, 140, 3) for s in (1, -1) for d in (-1, 0, 1)]
ints += [1 << 2030, -1 << 2032, 1 << 2040, (1 << 2039) - 1]
print('ints', digest(ints))
print('floats', digest([0.0, -0.0, 1.5, 1e308, 5e-324, float('inf'), 2.0**-300, 2.0**300]))
texts = ['', 'a', 'ä', 'ä' * 20, '☃' * 18, '☃' * 19, '😀' * 13, '😀' * 15, 'x' * 56, 'x' * 57, 'x' * 255, 'x' * 256]
texts += ['\0\n\r\\\x1a', 'a\ud800b', 'ä' * 127, 'ä' * 128, 'tab\there']
print('texts', digest(texts))
print('texts shared', digest(texts + texts + [texts]))
bytes_ = [b'', b'a', b'y' * 7, b'x' * 56, b'x' * 57, b'x' * 255, b'x' * 256, b'\xff\0']
print('bytes', digest(bytes_), digest([bytearray(b) for b in bytes_]))
for count in (0, 1, 2, 3, 4, 1000, 1001):
    print(count, digest(list(range(count))), digest({i: str(i) for i in range(count)}),
          digest(tuple(range(count))), digest([[i] for i in range(count)]))
for size in (65525, 65530, 65536, 65537, 131072):
    print(size, digest('a' * size), digest(b'a' * size), digest(['a' * size, b'b' * size, 1]),
          digest([b'a' * (size - 9), 'c', [1, 2]]))
print('frames', digest([str(i) * 5 for i in range(4000)]))
print('nested', digest([[(1, [2, (3, {'k': [4, {5: (6,)}]})]), {(): [], 'e': {}}]] * 3))
print('triples', digest([(i, (i, (i,)), [(), [i]], {i: {i: [i]}}) for i in range(300)]))
recursive = []
recursive.append(recursive)
recursive.append((recursive, {'self': recursive}))
print('recursive', digest(recursive))
pair = ([], 1)
pair[0].append(pair)
print('tuple', digest(pair))
wide = ([], 1, 2, 3)
wide[0].append(wide)
print('wide', digest(wide), digest([wide, wide, pair, pair[0]]))
loop = {}
loop['a'] = (loop,)
loop['b'] = [loop['a']]
print('loop', digest(loop))
print('singletons', digest([None, True, False, ..., NotImplemented, (), [], {}]))
print('sets', digest([set(), {1}, frozenset(), frozenset({5}), frozenset({(1, 2)})]))


def fast(value, protocol):
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol)
    pickler.fast = True
    pickler.dump(value)
    return out.getvalue()


shared = ['s', b's', (1, 's')]
data = [fast([shared, shared, {'k': shared}], protocol) for protocol in range(6)]
print('fast', hashlib.md5(b'|'.join(data)).hexdigest()[:12])
out = io.BytesIO()
for protocol in range(6):
    Sized(out, protocol).dump([b'y' * 7, {b'z' * 7: [b'y' * 8]}, (b'y' * 7,), 1, 'x', [[b'y' * 7]]])
print('persistent', hashlib.md5(out.getvalue()).hexdigest()[:12])

# The memo outlives a dump, and may be given.
out = io.BytesIO()
first = pickle.Pickler(out, 4)
first.dump(shared)
second = pickle.Pickler(out, 4)
second.memo = first.memo
second.dump([shared, 'more', shared[0]])
third = pickle.Pickler(out, 2)
third.memo = {id(shared): (700, shared), 1: (5, 'five')}
third.dump([shared, 'new', 'new'])
print('memo', hashlib.md5(out.getvalue()).hexdigest()[:12], sorted(n for n, _ in third.memo.copy().values()))
