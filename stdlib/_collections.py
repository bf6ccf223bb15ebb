"""deque and defaultdict."""
from types import GenericAlias as _GenericAlias


class deque:
    """A list-like sequence that is quick at both ends: a ring in a list."""

    __slots__ = ('_ring', '_start', '_size', '_maxlen', '_version', '__weakref__')
    __hash__ = None
    __class_getitem__ = classmethod(_GenericAlias)

    def __new__(cls, /, *args, **kwargs):
        self = object.__new__(cls)
        self._ring = [None] * 8
        self._start = self._size = self._version = 0
        self._maxlen = None
        return self

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError('an integer is required')
            if maxlen < 0:
                raise ValueError('maxlen must be non-negative')
        self.clear()
        self._maxlen = maxlen
        self.extend(iterable)

    @property
    def maxlen(self):
        """maximum size of a deque or None if unbounded"""
        return self._maxlen

    def _grow(self):
        ring, start = self._ring, self._start
        self._ring = ring[start:] + ring[:start] + [None] * len(ring)
        self._start = 0

    def append(self, x, /):
        """Add an element to the right side of the deque."""
        size = self._size
        if size == self._maxlen:
            if size == 0:
                return
            self.popleft()
            size -= 1
        ring = self._ring
        if size == len(ring):
            self._grow()
            ring = self._ring
        ring[(self._start + size) & (len(ring) - 1)] = x
        self._size = size + 1
        self._version += 1

    def appendleft(self, x, /):
        """Add an element to the left side of the deque."""
        if self._size == self._maxlen:
            if self._size == 0:
                return
            self.pop()
        if self._size == len(self._ring):
            self._grow()
        ring = self._ring
        self._start = start = (self._start - 1) & (len(ring) - 1)
        ring[start] = x
        self._size += 1
        self._version += 1

    def pop(self):
        """Remove and return the rightmost element."""
        size = self._size
        if size == 0:
            raise IndexError('pop from an empty deque')
        ring = self._ring
        self._size = size = size - 1
        at = (self._start + size) & (len(ring) - 1)
        x = ring[at]
        ring[at] = None
        self._version += 1
        return x

    def popleft(self):
        """Remove and return the leftmost element."""
        size = self._size
        if size == 0:
            raise IndexError('pop from an empty deque')
        ring, start = self._ring, self._start
        x = ring[start]
        ring[start] = None
        self._start = (start + 1) & (len(ring) - 1)
        self._size = size - 1
        self._version += 1
        return x

    def extend(self, iterable, /):
        """Extend the right side of the deque with elements from the iterable."""
        if iterable is self:
            iterable = list(iterable)
        for x in iterable:
            self.append(x)

    def extendleft(self, iterable, /):
        """Extend the left side of the deque with elements from the iterable."""
        if iterable is self:
            iterable = list(iterable)
        for x in iterable:
            self.appendleft(x)

    def clear(self):
        """Remove all elements from the deque."""
        self._ring = [None] * 8
        self._start = self._size = 0
        self._version += 1

    def _items(self):
        ring, start, size = self._ring, self._start, self._size
        end = start + size
        if end <= len(ring):
            return ring[start:end]
        return ring[start:] + ring[:end - len(ring)]

    def copy(self):
        """Return a shallow copy of a deque."""
        if type(self) is deque:
            return deque(self._items(), self._maxlen)
        return type(self)(self) if self._maxlen is None else type(self)(self, self._maxlen)

    __copy__ = copy

    def count(self, value, /):
        """Return the number of occurrences of value."""
        found, version = 0, self._version
        for x in self._items():
            if x is value or x == value:
                found += 1
            if self._version != version:
                raise RuntimeError('deque mutated during iteration')
        return found

    def index(self, value, start=0, stop=None, /):
        """Return first index of value."""
        size, version = self._size, self._version
        if start < 0:
            start = max(0, start + size)
        stop = size if stop is None else max(0, stop + size) if stop < 0 else min(stop, size)
        for i in range(start, stop):
            x = self[i]
            if x is value or x == value:
                return i
            if self._version != version:
                raise RuntimeError('deque mutated during iteration')
        raise ValueError(f'{value!r} is not in deque')

    def insert(self, index, value, /):
        """Insert value before index."""
        if self._size == self._maxlen:
            raise IndexError('deque already at its maximum size')
        items = self._items()
        items.insert(index, value)
        self._replace(items)

    def remove(self, value, /):
        """Remove first occurrence of value."""
        version = self._version
        for i, x in enumerate(self._items()):
            equal = x is value or x == value
            if self._version != version:
                raise IndexError('deque mutated during remove().')
            if equal:
                del self[i]
                return
        raise ValueError('deque.remove(x): x not in deque')

    def reverse(self):
        """Reverse *IN PLACE*."""
        items = self._items()
        items.reverse()
        self._replace(items)

    def rotate(self, n=1, /):
        """Rotate the deque n steps to the right (default n=1).  If n is negative, rotates left."""
        size = self._size
        if size > 1:
            n %= size
            if n:
                items = self._items()
                self._replace(items[-n:] + items[:-n])

    def _replace(self, items):
        self._size = size = len(items)
        room = 8
        while room < size:
            room *= 2
        self._ring = items + [None] * (room - size)
        self._start = 0
        self._version += 1

    def _place(self, index):
        if not hasattr(index, '__index__'):
            raise TypeError(f'sequence index must be integer, not {type(index).__name__!r}')
        i = index.__index__()
        if i < 0:
            i += self._size
        if not 0 <= i < self._size:
            raise IndexError('deque index out of range')
        return (self._start + i) & (len(self._ring) - 1)

    def __getitem__(self, index):
        return self._ring[self._place(index)]

    def __setitem__(self, index, value):
        self._ring[self._place(index)] = value

    def __delitem__(self, index):
        self._place(index)
        items = self._items()
        del items[index]
        self._replace(items)

    def __len__(self):
        return self._size

    def __bool__(self):
        return self._size > 0

    def __contains__(self, value):
        version = self._version
        for x in self._items():
            if x is value or x == value:
                return True
            if self._version != version:
                raise RuntimeError('deque mutated during iteration')
        return False

    def __iter__(self):
        return _deque_iterator(self)

    def __reversed__(self):
        return _deque_reverse_iterator(self)

    def __repr__(self):
        if id(self) in _shown:
            return '[...]'
        _shown.add(id(self))
        try:
            text = repr(self._items())
        finally:
            _shown.discard(id(self))
        if self._maxlen is not None:
            text += f', maxlen={self._maxlen}'
        return f'{type(self).__name__}({text})'

    def __reduce__(self):
        state = getattr(self, '__dict__', None) or None
        arguments = ((),) if self._maxlen is None else ((), self._maxlen)
        return type(self), arguments, state, iter(self)

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        result = self.copy()
        result.extend(other)
        return result

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        if not isinstance(n, int):
            return NotImplemented
        result = self.copy()
        items = self._items() * n
        result.clear()
        result.extend(items)
        return result

    __rmul__ = __mul__

    def __imul__(self, n):
        items = self._items() * n
        self.clear()
        self.extend(items)
        return self

    def __eq__(self, other):
        return self._items() == other._items() if isinstance(other, deque) else NotImplemented

    def __ne__(self, other):
        return self._items() != other._items() if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._items() < other._items() if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._items() <= other._items() if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._items() > other._items() if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._items() >= other._items() if isinstance(other, deque) else NotImplemented


deque.__module__ = 'collections'
_shown = set()


class _deque_iterator:
    __slots__ = ('_deque', '_at', '_version')

    def __init__(self, source):
        self._deque = source
        self._at = 0
        self._version = source._version

    def __iter__(self):
        return self

    def __next__(self):
        source, at = self._deque, self._at
        if source is None or at >= source._size:
            if source is not None and self._version != source._version:
                self._deque = None
                raise RuntimeError('deque mutated during iteration')
            self._deque = None
            raise StopIteration
        if self._version != source._version:
            self._deque = None
            raise RuntimeError('deque mutated during iteration')
        self._at = at + 1
        ring = source._ring
        return ring[(source._start + at) & (len(ring) - 1)]

    def __length_hint__(self):
        return 0 if self._deque is None else max(0, self._deque._size - self._at)


class _deque_reverse_iterator(_deque_iterator):
    __slots__ = ()

    def __next__(self):
        source, at = self._deque, self._at
        if source is None or at >= source._size:
            self._deque = None
            raise StopIteration
        if self._version != source._version:
            self._deque = None
            raise RuntimeError('deque mutated during iteration')
        self._at = at + 1
        return source[source._size - 1 - at]


class defaultdict(dict):
    """A dict that makes missing values with a function."""

    __slots__ = ('default_factory',)

    def __init__(self, default_factory=None, /, *args, **kwargs):
        if default_factory is not None and not callable(default_factory):
            raise TypeError('first argument must be callable or None')
        self.default_factory = default_factory
        super().__init__(*args, **kwargs)

    def __missing__(self, key):
        factory = self.default_factory
        if factory is None:
            raise KeyError(key)
        self[key] = value = factory()
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        arguments = () if self.default_factory is None else (self.default_factory,)
        return type(self), arguments, None, None, iter(self.items())

    def __repr__(self):
        if id(self) in _shown:
            factory = '...'
        else:
            _shown.add(id(self))
            try:
                factory = repr(self.default_factory)
            finally:
                _shown.discard(id(self))
        return f'{type(self).__name__}({factory}, {dict.__repr__(self)})'

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = self.copy()
        result.update(other)
        return result

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        result = type(self)(self.default_factory, other)
        result.update(self)
        return result


defaultdict.__module__ = 'collections'
