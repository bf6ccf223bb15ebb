# Large texts and bytes between other data, to memory and to files.
import hashlib
import io
import pickle


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


text, wide, raw = 'abc' * 30000, 'k\xe4se\u2603' * 20000, bytes(range(256)) * 300
values = [text, raw, [1, text, 2, raw, raw, {'k': text}, text + 'x'], (wide, text), [bytearray(raw), raw],
          [str(i) * 70000 for i in range(4)], [raw[i:] for i in range(5)]]
for protocol in range(6):
    for value in values:
        data = pickle.dumps(value, protocol)
        print(protocol, len(data), digest(data), pickle.loads(data) == value)
        file = io.BytesIO()
        pickle.dump(value, file, protocol)
        print(file.getvalue() == data or digest(file.getvalue()))


class Changing:
    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        self.target[:3] = b'XYZ'
        return (bytes, (b'',))


# What can change is copied when it is its turn.
buffer = bytearray(b'abc' * 40000)
copy = pickle.loads(pickle.dumps([buffer, Changing(buffer)], 5))
print(copy[0][:6], buffer[:6])
