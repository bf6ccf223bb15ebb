"""SHA-384 and SHA-512 (FIPS 180-4)."""

_MASK = (1 << 64) - 1


def _primes(count):
    found = []
    candidate = 2
    while len(found) < count:
        if all(candidate % p for p in found):
            found.append(candidate)
        candidate += 1
    return found


def _root_fraction(n, degree):
    """The first 64 bits of the fractional part of a root, by integer bisection."""
    wanted = n << (64 * degree)
    low, high = 0, 1 << 72
    while high - low > 1:
        middle = (low + high) // 2
        if middle ** degree <= wanted:
            low = middle
        else:
            high = middle
    return low & _MASK


_CONSTANTS = [_root_fraction(p, 3) for p in _primes(80)]
_START_512 = [_root_fraction(p, 2) for p in _primes(8)]
_START_384 = [_root_fraction(p, 2) for p in _primes(16)[8:]]


def _mix(state, block):
    words = [int.from_bytes(block[i:i + 8], 'big') for i in range(0, 128, 8)]
    for i in range(16, 80):
        x, y = words[i - 15], words[i - 2]
        s0 = ((x >> 1 | x << 63) ^ (x >> 8 | x << 56) ^ (x >> 7)) & _MASK
        s1 = ((y >> 19 | y << 45) ^ (y >> 61 | y << 3) ^ (y >> 6)) & _MASK
        words.append((words[i - 16] + s0 + words[i - 7] + s1) & _MASK)
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(_CONSTANTS, words):
        s1 = ((e >> 14 | e << 50) ^ (e >> 18 | e << 46) ^ (e >> 41 | e << 23)) & _MASK
        t1 = h + s1 + ((e & f) ^ (~e & g)) + constant + word
        s0 = ((a >> 28 | a << 36) ^ (a >> 34 | a << 30) ^ (a >> 39 | a << 25)) & _MASK
        t2 = s0 + ((a & b) ^ (a & c) ^ (b & c))
        h, g, f, e, d, c, b, a = g, f, e, (d + t1) & _MASK, c, b, a, (t1 + t2) & _MASK
    return [(x + y) & _MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]


class _Hash:
    block_size = 128

    def __init__(self, name, start, digest_size, data=b''):
        self.name = name
        self.digest_size = digest_size
        self._state = start
        self._rest = b''
        self._length = 0
        self.update(data)

    def update(self, data, /):
        data = self._rest + bytes(data)
        self._length += len(data) - len(self._rest)
        end = len(data) - len(data) % 128
        for i in range(0, end, 128):
            self._state = _mix(self._state, data[i:i + 128])
        self._rest = data[end:]

    def copy(self):
        twin = _Hash(self.name, self._state, self.digest_size)
        twin._rest, twin._length = self._rest, self._length
        return twin

    def digest(self):
        state = self._state
        tail = self._rest + b'\x80'
        tail += bytes(-(len(tail) + 16) % 128) + (8 * self._length).to_bytes(16, 'big')
        for i in range(0, len(tail), 128):
            state = _mix(state, tail[i:i + 128])
        return b''.join([word.to_bytes(8, 'big') for word in state])[:self.digest_size]

    def hexdigest(self):
        return self.digest().hex()


def sha512(string=b'', *, usedforsecurity=True):
    return _Hash('sha512', _START_512, 64, string)


def sha384(string=b'', *, usedforsecurity=True):
    return _Hash('sha384', _START_384, 48, string)
