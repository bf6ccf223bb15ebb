"""anext() with a default: its awaitable goes on with that of the iterator until this is at its end."""
from types import CoroutineType, GeneratorType

_ITERABLE_COROUTINE = 0x100


def _iterator_of(awaitable):
    if isinstance(awaitable, CoroutineType):
        return awaitable.__await__()
    if isinstance(awaitable, GeneratorType) and awaitable.gi_code.co_flags & _ITERABLE_COROUTINE:
        return awaitable
    kind = type(awaitable)
    if not hasattr(kind, '__await__'):
        raise TypeError(f"object {kind.__name__} can't be used in 'await' expression")
    iterator = kind.__await__(awaitable)
    if isinstance(iterator, CoroutineType):
        raise TypeError('__await__() returned a coroutine')
    if not hasattr(type(iterator), '__next__'):
        raise TypeError(f"__await__() returned non-iterator of type '{type(iterator).__name__}'")
    return iterator


class anext_awaitable:
    """Ends with the default where the wrapped awaitable raises StopAsyncIteration."""

    __slots__ = ('_default', '_wrapped')

    def __init__(self, wrapped, default):
        self._wrapped = wrapped
        self._default = default

    def __await__(self):
        return self

    __iter__ = __await__

    def __next__(self):
        return self._step('__next__')

    def send(self, value, /):
        return self._step('send', value)

    def throw(self, /, *error):
        return self._step('throw', *error)

    def close(self):
        return self._step('close')

    def _step(self, name, *args):
        iterator = _iterator_of(self._wrapped)
        try:
            return getattr(iterator, name)(*args)
        except StopAsyncIteration:
            pass
        raise StopIteration(self._default)
