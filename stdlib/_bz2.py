"""The module _bz2: streams of bzip2, over the native _bz2_core."""
import _bz2_core
from _thread import RLock

__all__ = ['BZ2Compressor', 'BZ2Decompressor']


class BZ2Compressor:
    """Compresses data piece by piece."""

    def __init__(self, compresslevel=9, /):
        if not 1 <= compresslevel <= 9:
            raise ValueError('compresslevel must be between 1 and 9')
        self._lock = RLock()
        self._stream = _bz2_core.compressor(compresslevel)

    def compress(self, data, /):
        """Take data in; return what is compressed so far and was not returned."""
        with self._lock:
            if self._stream is None:
                raise ValueError('Compressor has been flushed')
            return self._stream.compress(data, False)

    def flush(self):
        """Finish; return the rest. The compressor cannot be used any more."""
        with self._lock:
            if self._stream is None:
                raise ValueError('Repeated call to flush()')
            rest = self._stream.compress(b'', True)
            self._stream = None
            return rest

    def __reduce__(self):
        raise TypeError("cannot pickle '_bz2.BZ2Compressor' object")


class BZ2Decompressor:
    """Decompresses one stream piece by piece."""

    def __init__(self):
        self._lock = RLock()
        self._stream = _bz2_core.decompressor()
        self._pending = b''
        self._eof = False
        self._needs_input = True
        self._unused = b''

    eof = property(lambda self: self._eof, doc='True when the end of the stream was reached.')
    needs_input = property(lambda self: self._needs_input, doc='True when more input is needed before more output.')
    unused_data = property(lambda self: self._unused, doc='What came after the end of the stream.')

    def decompress(self, data, max_length=-1):
        """Return up to max_length bytes (any number if negative) of decompressed data."""
        with self._lock:
            if self._eof:
                raise EOFError('End of stream already reached')
            data = self._pending + bytes(memoryview(data))
            out, used, self._eof = self._stream.decompress(data, max_length)
            rest = data[used:]
            if self._eof:
                self._pending, self._unused, self._needs_input = b'', rest, False
            else:
                self._pending = rest
                self._needs_input = not rest and not 0 <= max_length <= len(out)
            return out

    def __reduce__(self):
        raise TypeError("cannot pickle '_bz2.BZ2Decompressor' object")
