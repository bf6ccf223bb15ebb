# Texts of every width and mixture, from and to UTF-8, whole and damaged.
import random

random.seed(11)
ranges = [(0, 0x7f), (0x80, 0xff), (0x100, 0x7ff), (0x800, 0xd7ff), (0xe000, 0xffff), (0x10000, 0x10ffff)]
edges = [c for low, high in ranges for c in (low, high)]
for widest in range(1, len(ranges) + 1):
    total = 0
    for length in [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 40]:
        for _ in range(2):
            text = ''.join(chr(random.choice(edges) if random.random() < .2 else random.randint(*random.choice(ranges[:widest])))
                           for _ in range(length))
            data = text.encode()
            assert data == b''.join(c.encode() for c in text), text
            assert data.decode() == text and text.encode('utf-8', 'surrogatepass') == data
            total += len(data)
    print(widest, total)

damaged = [b'\x80', b'\xbf\xbf', b'\xc0\x80', b'\xc1\xbf', b'\xc2', b'\xc2A', b'\xe0\x9f\xbf', b'\xe0\xa0', b'\xed\xa0\x80',
           b'\xf0\x8f\xbf\xbf', b'\xf4\x90\x80\x80', b'\xf5\x80\x80\x80', b'\xff', b'abc\xe2\x98', b'\xe2\x98\x83\x98']
for data in damaged:
    for around in (b'%s', b'abcdefgh%s', b'%sabcdefgh', b'k\xc3\xa4se %s \xe2\x98\x83', b'\xf0\x9f\x98\x80%s'):
        whole = around % data
        try:
            whole.decode()
        except UnicodeDecodeError as e:
            print(e, ascii(whole.decode('utf-8', 'replace')), ascii(whole.decode('utf-8', 'surrogateescape')))
for text in ['\ud800', 'abc\udfffdef', '\u2603\ud83d\ude00', '\U0001f600\udc80']:
    try:
        text.encode()
    except UnicodeEncodeError as e:
        print(e, text.encode('utf-8', 'surrogatepass'), text.encode('utf-8', 'replace'))
