"""CPython's format for plain data, version 4. Code objects are written in a form that this very machine reads."""
import _import_core
import _struct

version = 4
_Code = type((lambda: None).__code__)
_MAX_DEPTH = 2000
_LONG_BITS = 15
_NONE_LIKE = {None: b'N', False: b'F', True: b'T', StopIteration: b'S', ...: b'.'}
_by_mark = {mark[0]: value for value, mark in _NONE_LIKE.items()}


def _long(value):
    digits = []
    rest = abs(value)
    while rest:
        digits.append(rest & 0x7FFF)
        rest >>= _LONG_BITS
    count = -len(digits) if value < 0 else len(digits)
    return b'l' + _struct.pack(f'<i{len(digits)}H', count, *digits)


def _sized(mark, data):
    return mark + _struct.pack('<I', len(data)) + data


def _text(value, level):
    if level >= 4 and value.isascii():
        data = value.encode('ascii')
        if len(data) < 256:
            return b'z' + bytes([len(data)]) + data
        return _sized(b'a', data)
    return _sized(b'u', value.encode('utf-8', 'surrogatepass'))


def _number_text(value):
    data = repr(value).encode('ascii')
    return bytes([len(data)]) + data


def _scalar(value, level):
    kind = type(value)
    if kind is int:
        if -2 ** 31 <= value < 2 ** 31:
            return b'i' + _struct.pack('<i', value)
        return _long(value)
    if kind is float:
        return b'g' + _struct.pack('<d', value) if level > 1 else b'f' + _number_text(value)
    if kind is complex:
        if level > 1:
            return b'y' + _struct.pack('<dd', value.real, value.imag)
        return b'x' + _number_text(value.real) + _number_text(value.imag)
    if kind is str:
        return _text(value, level)
    if kind is _Code:
        return _sized(b'c', _import_core.code_to_bytes(value))
    if isinstance(value, (bytes, bytearray)) or hasattr(kind, '__buffer__'):
        return _sized(b's', bytes(value))
    try:
        return _sized(b's', memoryview(value).tobytes())
    except TypeError:
        raise ValueError('unmarshallable object') from None


def _write(value, level, write, depth):
    if depth > _MAX_DEPTH:
        raise ValueError('object too deeply nested to marshal')
    kind = type(value)
    if value is None or kind is bool or value is StopIteration or value is ...:
        write(_NONE_LIKE[value])
    elif kind is tuple:
        small = level >= 4 and len(value) < 256
        write(b')' + bytes([len(value)]) if small else b'(' + _struct.pack('<I', len(value)))
        for item in value:
            _write(item, level, write, depth + 1)
    elif kind is list or kind is set or kind is frozenset:
        mark = b'[' if kind is list else b'<' if kind is set else b'>'
        write(mark + _struct.pack('<I', len(value)))
        for item in value:
            _write(item, level, write, depth + 1)
    elif kind is dict:
        write(b'{')
        for key, item in value.items():
            _write(key, level, write, depth + 1)
            _write(item, level, write, depth + 1)
        write(b'0')
    else:
        write(_scalar(value, level))


def dumps(value, version=version, /):
    """The bytes object that dump() would write to a file."""
    parts = []
    _write(value, version, parts.append, 0)
    return b''.join(parts)


def dump(value, file, version=version, /):
    """Write the value to a binary file."""
    file.write(dumps(value, version))


class _Reader:
    """Reads one value after the other through `read(n)`."""

    def __init__(self, read):
        self._read = read
        self._seen = []     # what references count: values in the order in which they began
        self._interned = []

    def _take(self, count):
        data = self._read(count)
        if len(data) < count:
            raise EOFError('marshal data too short')
        return data

    def _unpack(self, layout):
        return _struct.unpack(layout, self._take(_struct.calcsize(layout)))

    def _size(self):
        size, = self._unpack('<i')
        if size < 0:
            raise ValueError('bad marshal data (size out of range)')
        return size

    def value(self, depth=0):
        """The next value; None marks the end of a dict by _END."""
        if depth > _MAX_DEPTH:
            raise ValueError('recursion limit exceeded')
        mark = self._read(1)
        if not mark:
            raise EOFError('EOF read where object expected')
        code = mark[0] & 0x7F
        place = None
        if mark[0] & 0x80:
            place = len(self._seen)
            self._seen.append(None)
        value = self._of(chr(code), place, depth)
        if place is not None:
            self._seen[place] = value
        return value

    def _of(self, code, place, depth):
        if code == '0':
            return _END
        if ord(code) in _by_mark:
            return _by_mark[ord(code)]
        handler = self._scalars.get(code)
        if handler is not None:
            return handler(self)
        if code in '()':
            count = self._take(1)[0] if code == ')' else self._size()
            return tuple([self._item(depth) for _ in range(count)])
        if code == '[':
            items = self._remember(place, [])
            for _ in range(self._size()):
                items.append(self._item(depth))
            return items
        if code == '{':
            return self._dict(self._remember(place, {}), depth)
        if code in '<>':
            items = [self._item(depth) for _ in range(self._size())]
            return set(items) if code == '<' else frozenset(items)
        raise ValueError('bad marshal data (unknown type code)')

    def _remember(self, place, container):
        if place is not None:
            self._seen[place] = container
        return container

    def _item(self, depth):
        item = self.value(depth + 1)
        if item is _END:
            raise TypeError('NULL object in marshal data for object')
        return item

    def _dict(self, result, depth):
        while True:
            key = self.value(depth + 1)
            if key is _END:
                return result
            result[key] = self._item(depth)

    def _long(self):
        count, = self._unpack('<i')
        value = 0
        digits = self._unpack(f'<{abs(count)}H')
        if digits and digits[-1] == 0:
            raise ValueError('bad marshal data (unnormalized long data)')
        for digit in reversed(digits):
            if digit > 0x7FFF:
                raise ValueError('bad marshal data (digit out of range in long)')
            value = value << _LONG_BITS | digit
        return -value if count < 0 else value

    def _number(self):
        return float(self._take(self._take(1)[0]))

    def _reference(self):
        place = self._size()
        if place >= len(self._seen):
            raise ValueError('bad marshal data (invalid reference)')
        return self._seen[place]

    def _intern(self, value):
        self._interned.append(value)
        return value

    _scalars = {
        'i': lambda self: self._unpack('<i')[0],
        'I': lambda self: self._unpack('<q')[0],
        'l': _long,
        'f': _number,
        'g': lambda self: self._unpack('<d')[0],
        'x': lambda self: complex(self._number(), self._number()),
        'y': lambda self: complex(*self._unpack('<dd')),
        's': lambda self: bytes(self._take(self._size())),
        'c': lambda self: _import_core.code_from_bytes(self._take(self._size())),
        'u': lambda self: str(self._take(self._size()), 'utf-8', 'surrogatepass'),
        't': lambda self: self._intern(str(self._take(self._size()), 'utf-8', 'surrogatepass')),
        'R': lambda self: self._interned[self._size()],
        'a': lambda self: str(self._take(self._size()), 'latin-1'),
        'A': lambda self: str(self._take(self._size()), 'latin-1'),
        'z': lambda self: str(self._take(self._take(1)[0]), 'latin-1'),
        'Z': lambda self: str(self._take(self._take(1)[0]), 'latin-1'),
        'r': _reference,
    }


_END = object()


def _finished(value):
    if value is _END:
        raise TypeError('NULL object in marshal data for object')
    return value


def load(file, /):
    """Read one value from a binary file."""
    def read(count):
        data = file.read(count)
        if not isinstance(data, (bytes, bytearray)):
            raise TypeError(f'file.read() returned not bytes but {type(data).__name__}')
        return data
    return _finished(_Reader(read).value())


def loads(data, /):
    """The value that a bytes-like object spells; bytes behind it are ignored."""
    view = memoryview(data).cast('B')
    position = 0

    def read(count):
        nonlocal position
        start = position
        position += count
        return view[start:position].tobytes()
    return _finished(_Reader(read).value())
