# Long texts of all kinds, whole and damaged, from and to UTF-8; they are worked on many bytes at a time.
import random
import zlib

POOLS = [(0x20, 0x7F), (0xA0, 0xFF), (0x370, 0x3FF), (0x7F0, 0x810), (0x4E00, 0x9FFF), (0xFF00, 0xFFFF),
         (0x10000, 0x10400), (0x10FFF0, 0x10FFFF), (0xD7F0, 0xD7FF), (0xE000, 0xE010)]
BYTES = [0x41, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xF5, 0xFF]


def encoded(c):
    if c < 0x80:
        return bytes([c])
    if c < 0x800:
        return bytes([0xC0 | c >> 6, 0x80 | c & 63])
    if c < 0x10000:
        return bytes([0xE0 | c >> 12, 0x80 | c >> 6 & 63, 0x80 | c & 63])
    return bytes([0xF0 | c >> 18, 0x80 | c >> 12 & 63, 0x80 | c >> 6 & 63, 0x80 | c & 63])


draw = random.Random(20)
outcomes = []
for turn in range(300):
    chosen = draw.sample(POOLS, draw.randint(1, 3))
    plain = draw.random()
    text = ''.join(chr(draw.randint(*(chosen[0] if draw.random() < plain else draw.choice(chosen))))
                   for _ in range(draw.randint(90, 300)))
    coded = text.encode()
    if coded != b''.join(map(encoded, map(ord, text))) or coded.decode() != text:
        print('wrong', ascii(text))
    damaged = bytearray(coded)
    damaged[draw.randrange(len(damaged))] = draw.choice(BYTES)
    if turn % 5 == 0:
        del damaged[draw.randrange(len(damaged))]
    try:
        outcomes.append(ascii(bytes(damaged).decode()))
    except UnicodeDecodeError as error:
        outcomes.append(f'{error.start} {error.end} {error.reason}')
    outcomes.append(ascii(bytes(damaged).decode('utf-8', 'replace')))
print(zlib.crc32('\n'.join(outcomes).encode()))
