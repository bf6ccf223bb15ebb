"""Arrays of machine values: a list of numbers that accepts what fits the type and knows its bytes."""
import _struct as _core
import sys as _sys

typecodes = 'bBuhHiIlLqQfd'
_SIZES = {'b': 1, 'B': 1, 'u': 4, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 8, 'L': 8, 'q': 8, 'Q': 8, 'f': 4, 'd': 8}
_RANGES = {
    'b': (-128, 127, 'signed char'), 'B': (0, 255, 'unsigned byte integer'),
    'h': (-32768, 32767, 'signed short integer'), 'H': (0, 65535, 'unsigned short'),
    'i': (-2 ** 31, 2 ** 31 - 1, 'signed integer'), 'I': (0, 2 ** 32 - 1, 'unsigned int'),
    'l': (-2 ** 63, 2 ** 63 - 1, 'signed long'), 'L': (0, 2 ** 64 - 1, 'unsigned long'),
    'q': (-2 ** 63, 2 ** 63 - 1, 'signed long long'), 'Q': (0, 2 ** 64 - 1, 'unsigned long long'),
}


def _to_single(x):
    return _core.unpack('f', _core.pack('f', x))[0]


class array:
    """array(typecode[, initializer])"""

    __slots__ = ('_code', '_items', '__weakref__')
    __hash__ = None

    def __new__(cls, typecode, initializer=(), /):
        if not isinstance(typecode, str):
            raise TypeError(f'array() argument 1 must be a unicode character, not {type(typecode).__name__}')
        if len(typecode) != 1:
            raise TypeError('array() argument 1 must be a unicode character, not str')
        if typecode not in _SIZES:
            raise ValueError('bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)')
        self = object.__new__(cls)
        self._code = typecode
        self._items = []
        if isinstance(initializer, str) and typecode != 'u':
            raise TypeError(f"cannot use a str to initialize an array with typecode '{typecode}'")
        if isinstance(initializer, (bytes, bytearray)):
            self.frombytes(initializer)
        else:
            self._items = [self._convert(x) for x in initializer]
        return self

    def __init__(self, *arguments):
        """Everything was done by __new__."""

    @property
    def typecode(self):
        """the typecode character used to create the array"""
        return self._code

    @property
    def itemsize(self):
        """the size, in bytes, of one array item"""
        return _SIZES[self._code]

    def _convert(self, x):
        code = self._code
        if code in 'fd':
            if not isinstance(x, (int, float)) and not hasattr(type(x), '__float__'):
                raise TypeError(f'must be real number, not {type(x).__name__}')
            return float(x) if code == 'd' else _to_single(x)
        if code == 'u':
            if not isinstance(x, str) or len(x) != 1:
                raise TypeError('array item must be unicode character')
            return x
        if not isinstance(x, int):
            if not hasattr(type(x), '__index__'):
                raise TypeError(f"'{type(x).__name__}' object cannot be interpreted as an integer")
            x = x.__index__()
        low, high, name = _RANGES[code]
        if x < low:
            if code in 'ILQ':
                raise OverflowError("can't convert negative value to unsigned int")
            raise OverflowError(f'{name} is less than minimum')
        if x > high:
            raise OverflowError(f'{name} is greater than maximum')
        return int(x)

    def _like(self, items):
        result = array(self._code)
        result._items = items
        return result

    def append(self, x, /):
        self._items.append(self._convert(x))

    def extend(self, iterable, /):
        if isinstance(iterable, array):
            if iterable._code != self._code:
                raise TypeError('can only extend with array of same kind')
            self._items.extend(iterable._items)
        else:
            for x in iterable:
                self._items.append(self._convert(x))

    def insert(self, i, x, /):
        self._items.insert(i, self._convert(x))

    def pop(self, i=-1, /):
        if not self._items:
            raise IndexError('pop from empty array')
        try:
            return self._items.pop(i)
        except IndexError:
            raise IndexError('pop index out of range') from None

    def remove(self, x, /):
        try:
            self._items.remove(x)
        except ValueError:
            raise ValueError('array.remove(x): x not in array') from None

    def index(self, x, start=0, stop=_sys.maxsize, /):
        try:
            return self._items.index(x, start, stop)
        except ValueError:
            raise ValueError('array.index(x): x not in array') from None

    def count(self, x, /):
        return self._items.count(x)

    def reverse(self):
        self._items.reverse()

    def tolist(self):
        return list(self._items)

    def fromlist(self, items, /):
        if not isinstance(items, list):
            raise TypeError('arg must be list')
        self._items.extend([self._convert(x) for x in items])

    def _format(self, count):
        return f'{count}{"I" if self._code == "u" else self._code}'

    def tobytes(self):
        items = self._items
        if self._code == 'u':
            items = [ord(x) for x in items]
        return _core.pack(self._format(len(items)), *items)

    __bytes__ = tobytes

    def frombytes(self, data, /):
        data = bytes(data)
        count, rest = divmod(len(data), self.itemsize)
        if rest:
            raise ValueError('bytes length not a multiple of item size')
        items = _core.unpack(self._format(count), data)
        self._items.extend(map(chr, items) if self._code == 'u' else items)

    def tofile(self, file, /):
        file.write(self.tobytes())

    def fromfile(self, file, n, /):
        data = file.read(n * self.itemsize)
        self.frombytes(data[:len(data) // self.itemsize * self.itemsize])
        if len(data) != n * self.itemsize:
            raise EOFError('read() didn\'t return enough bytes')

    def tounicode(self):
        if self._code != 'u':
            raise ValueError('tounicode() may only be called on unicode type arrays')
        return ''.join(self._items)

    def fromunicode(self, text, /):
        if self._code != 'u':
            raise ValueError('fromunicode() may only be called on unicode type arrays')
        self._items.extend(text)

    def byteswap(self):
        swapped = self.tobytes()
        size = self.itemsize
        if size not in (1, 2, 4, 8):
            raise RuntimeError("don't know how to byteswap this array type")
        self._items = []
        self.frombytes(b''.join([swapped[i:i + size][::-1] for i in range(0, len(swapped), size)]))

    def buffer_info(self):
        return id(self._items), len(self._items)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, x):
        return x in self._items

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self._like(self._items[i])
        try:
            return self._items[i]
        except IndexError:
            raise IndexError('array index out of range') from None
        except TypeError:
            raise TypeError('array indices must be integers') from None

    def __setitem__(self, i, x):
        if isinstance(i, slice):
            if not isinstance(x, array):
                raise TypeError(f'can only assign array (not "{type(x).__name__}") to array slice')
            if x._code != self._code:
                raise TypeError('bad argument type for built-in operation')
            self._items[i] = list(x._items)
            return
        if not hasattr(type(i), '__index__'):
            raise TypeError('array indices must be integers')
        x = self._convert(x)
        try:
            self._items[i] = x
        except IndexError:
            raise IndexError('array assignment index out of range') from None

    def __delitem__(self, i):
        try:
            del self._items[i]
        except IndexError:
            raise IndexError('array assignment index out of range') from None

    def __add__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only append array (not "{type(other).__name__}") to array')
        if other._code != self._code:
            raise TypeError('bad argument type for built-in operation')
        return self._like(self._items + other._items)

    def __iadd__(self, other):
        if not isinstance(other, array):
            raise TypeError(f'can only extend with array (not "{type(other).__name__}")')
        self.extend(other)
        return self

    def __mul__(self, n):
        if not hasattr(type(n), '__index__'):
            return NotImplemented
        return self._like(self._items * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self._items *= n
        return self

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, array) else NotImplemented

    def __ne__(self, other):
        return self._items != other._items if isinstance(other, array) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, array) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, array) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, array) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, array) else NotImplemented

    def __copy__(self):
        return self._like(list(self._items))

    def __deepcopy__(self, memo):
        return self._like(list(self._items))

    def __reduce_ex__(self, protocol):
        content = ''.join(self._items) if self._code == 'u' else list(self._items)
        return type(self), (self._code, content), getattr(self, '__dict__', None)

    def __repr__(self):
        if not self._items:
            return f"{type(self).__name__}('{self._code}')"
        if self._code == 'u':
            return f"{type(self).__name__}('u', {''.join(self._items)!r})"
        return f"{type(self).__name__}('{self._code}', {self._items!r})"


ArrayType = array
