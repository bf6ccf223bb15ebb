# Memory of large texts and bytes is used again without being cleared: nothing of what was there shows.
import gc
import pickle


def check(size):
    junk = b'\xaa' * size
    del junk
    gc.collect()
    assert bytes(size) == b'\0' * size
    assert bytearray(size).count(0) == size
    assert [None] * (size // 8) == [None for _ in range(size // 8)]
    text, payload = 'tö' * (size // 4), b'xy' * (size // 2)
    data = pickle.dumps([text, payload, 'tail'])
    assert pickle.loads(data) == [text, payload, 'tail']
    assert len(data) == len(pickle.dumps([text, payload, 'tail']))
    assert text.encode().decode() == text


for size in (4096, 8168, 8192, 8200, 12288, 65536, 1000000):
    check(size)

# Lists and texts grow where they lie, among others that come and go.
lists = [[] for _ in range(5)]
texts = [''] * 3
for round in range(6000):
    for number, items in enumerate(lists):
        items.append(round * number)
    texts[round % 3] += 'abcdef'
    if round % 1000 == 0:
        hole = [bytes(100000 + i) for i in range(10)]
for number, items in enumerate(lists):
    assert items == [round * number for round in range(6000)]
assert texts == ['abcdef' * 2000] * 3
print('done')
