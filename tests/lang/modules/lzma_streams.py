# Streams of xz: formats, checks, filters, pieces, limits, and what follows their end.
import io
import lzma

data = b'some text, ' * 1000 + bytes(range(256)) * 40
chain = [{'id': lzma.FILTER_DELTA, 'dist': 2}, {'id': lzma.FILTER_LZMA2, 'preset': 3}]
for arguments in ({}, {'format': lzma.FORMAT_ALONE}, {'check': lzma.CHECK_SHA256}, {'preset': 1}, {'filters': chain}):
    packed = lzma.compress(data, **arguments)
    decompressor = lzma.LZMADecompressor()
    print(packed[:4], decompressor.decompress(packed) == data, decompressor.check, decompressor.eof)
packed = lzma.compress(data, lzma.FORMAT_RAW, filters=chain)
print(lzma.decompress(packed, lzma.FORMAT_RAW, filters=chain) == data)

compressor = lzma.LZMACompressor()
pieces = [compressor.compress(data[i:i + 997]) for i in range(0, len(data), 997)]
packed = b''.join(pieces) + compressor.flush()
decompressor = lzma.LZMADecompressor()
print(decompressor.decompress(packed[:10]), decompressor.needs_input, decompressor.eof)
out = decompressor.decompress(packed[10:] + b'more', 100)
print(len(out), decompressor.needs_input, decompressor.eof)
while not decompressor.eof:
    out += decompressor.decompress(b'', 5000)
print(out == data, decompressor.unused_data, decompressor.needs_input)

for act in (compressor.flush, lambda: compressor.compress(b'x'), lambda: decompressor.decompress(b'x'),
            lambda: lzma.decompress(b'no xz at all'), lambda: lzma.decompress(packed[:-5]),
            lambda: lzma.LZMACompressor(format=10), lambda: lzma.LZMACompressor('xz'),
            lambda: lzma.LZMADecompressor([]), lambda: lzma.LZMACompressor(preset=10),
            lambda: lzma.LZMACompressor(preset=1, filters=chain), lambda: lzma.LZMACompressor(lzma.FORMAT_RAW),
            lambda: lzma.LZMACompressor(filters=[{'id': 98765}]), lambda: lzma.LZMACompressor(filters=[{}]),
            lambda: lzma.LZMACompressor(filters=[{'id': lzma.FILTER_LZMA2, 'foo': 1}]),
            lambda: lzma.LZMACompressor(filters=[b'x']), lambda: lzma.LZMADecompressor(memlimit=100).decompress(packed)):
    try:
        act()
    except (ValueError, TypeError, EOFError, lzma.LZMAError) as error:
        print(type(error).__name__, error)
print(lzma._decode_filter_properties(lzma.FILTER_LZMA1, lzma._encode_filter_properties({'id': lzma.FILTER_LZMA1})))
print(lzma._decode_filter_properties(lzma.FILTER_DELTA, lzma._encode_filter_properties(chain[0])))
print(lzma.is_check_supported(lzma.CHECK_CRC32), lzma.is_check_supported(15))
raw = io.BytesIO()
with lzma.open(raw, 'wt', encoding='utf-8') as file:
    file.write('first\nsecond\n')
raw.seek(0)
print(lzma.open(raw, 'rt', encoding='utf-8').readlines())
