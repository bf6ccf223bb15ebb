"""deque and defaultdict."""
from types import GenericAlias as _GenericAlias

from _deque import deque, _deque_iterator, _deque_reverse_iterator


_shown = set()  # which defaultdicts repr() is in the middle of


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
