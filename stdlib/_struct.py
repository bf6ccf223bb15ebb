"""The module _struct: functions and the class Struct."""
import _struct_core as _core
from _struct_core import calcsize, error, pack, unpack, unpack_from


def pack_into(format, buffer, offset, /, *values):
    """Pack the values and write them into the buffer, starting at an offset."""
    _core.store(buffer, offset, pack(format, *values))


def iter_unpack(format, buffer, /):
    """An iterator of tuples, one for each chunk of the buffer."""
    size = calcsize(format)
    if size == 0:
        raise error('cannot iteratively unpack with a struct of length 0')
    length = memoryview(buffer).nbytes
    if length % size:
        raise error(f'iterative unpacking requires a buffer of a multiple of {size} bytes')
    return (unpack_from(format, buffer, at) for at in range(0, length, size))


def _clearcache():
    """Nothing is cached."""


class Struct:
    """A compiled format."""

    __slots__ = ('format', 'size', '__weakref__')

    def __init__(self, format):
        self.size = calcsize(format)
        self.format = format.decode('ascii') if isinstance(format, bytes) else format

    def pack(self, *values):
        return pack(self.format, *values)

    def pack_into(self, buffer, offset, /, *values):
        _core.store(buffer, offset, pack(self.format, *values))

    def unpack(self, buffer, /):
        return unpack(self.format, buffer)

    def unpack_from(self, /, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer, /):
        return iter_unpack(self.format, buffer)

    def __repr__(self):
        return f'{type(self).__name__}({self.format!r})'


Struct.__module__ = 'struct'
