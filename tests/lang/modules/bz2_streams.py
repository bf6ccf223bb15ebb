# Streams of bzip2: in one go, piece by piece, with limits, and what follows their end.
import bz2
import io

data = b'some text, ' * 1000 + bytes(range(256)) * 40
packed = bz2.compress(data)
print(packed[:4], bz2.decompress(packed) == data, bz2.decompress(packed + packed) == data * 2)

compressor = bz2.BZ2Compressor(1)
pieces = [compressor.compress(data[i:i + 997]) for i in range(0, len(data), 997)]
pieces.append(compressor.flush())
print(bz2.decompress(b''.join(pieces)) == data)
for act in (lambda: compressor.compress(b'x'), compressor.flush, lambda: bz2.BZ2Compressor(10)):
    try:
        act()
    except ValueError as error:
        print(error)

decompressor = bz2.BZ2Decompressor()
print(decompressor.decompress(packed[:10]), decompressor.needs_input, decompressor.eof)
out = decompressor.decompress(packed[10:] + b'more', 100)
print(len(out), decompressor.needs_input, decompressor.eof)
while not decompressor.eof:
    out += decompressor.decompress(b'', 5000)
print(out == data, decompressor.unused_data, decompressor.needs_input)
for act in (lambda: decompressor.decompress(b'x'), lambda: bz2.decompress(b'no bzip2'),
            lambda: bz2.decompress(packed[:-5])):
    try:
        act()
    except (EOFError, OSError, ValueError) as error:
        print(type(error).__name__, error)

raw = io.BytesIO()
with bz2.open(raw, 'wt', encoding='utf-8') as file:
    file.write('first\nsecond\n')
raw.seek(0)
with bz2.open(raw, 'rt', encoding='utf-8') as file:
    print(file.readlines())
