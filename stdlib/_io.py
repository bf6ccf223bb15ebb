"""The module _io: the streams are native (_io_core); what is rarely used is written here."""
from _io_core import *
from _io_core import _BufferedIOBase, _IOBase, _RawIOBase, _TextIOBase


class _RawIOBase(_RawIOBase):
    """Raw streams that the program writes: everything by their readinto()."""

    def _checkClosed(self, message=None):
        if self.closed:
            raise ValueError(message or 'I/O operation on closed file.')

    def _checkReadable(self, message=None):
        if not self.readable():
            raise UnsupportedOperation(message or 'File or stream is not readable.')

    def _checkWritable(self, message=None):
        if not self.writable():
            raise UnsupportedOperation(message or 'File or stream is not writable.')

    def _checkSeekable(self, message=None):
        if not self.seekable():
            raise UnsupportedOperation(message or 'File or stream is not seekable.')

    def read(self, size=-1, /):
        """Read up to `size` bytes; None when nothing is there yet."""
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        count = self.readinto(buffer)
        if count is None:
            return None
        if not 0 <= count <= size:
            raise ValueError(f'readinto returned {count} outside buffer size {size}')
        return bytes(buffer[:count])

    def readall(self):
        """Read until the end."""
        parts = []
        while data := self.read(DEFAULT_BUFFER_SIZE):
            parts.append(data)
        return b''.join(parts) if parts or data is not None else None


class IncrementalNewlineDecoder:
    """Decodes with another decoder and turns all newlines into \\n."""

    def __init__(self, decoder, translate, errors='strict'):
        self.errors = errors
        self._decoder = decoder
        self._translate = translate
        self._pending = False
        self._seen = 0

    def decode(self, input, final=False):
        text = input if self._decoder is None else self._decoder.decode(input, final=final)
        if self._pending and (text or final):
            text = '\r' + text
            self._pending = False
        if text.endswith('\r') and not final:
            text = text[:-1]
            self._pending = True
        pairs = text.count('\r\n')
        self._seen |= ((text.count('\n') > pairs) and 2) | ((text.count('\r') > pairs) and 1) | (pairs and 4)
        if self._translate:
            text = text.replace('\r\n', '\n').replace('\r', '\n')
        return text

    def getstate(self):
        buffered, flag = (b'', 0) if self._decoder is None else self._decoder.getstate()
        return buffered, flag << 1 | self._pending

    def setstate(self, state):
        buffered, flag = state
        self._pending = bool(flag & 1)
        if self._decoder is not None:
            self._decoder.setstate((buffered, flag >> 1))

    def reset(self):
        self._seen = 0
        self._pending = False
        if self._decoder is not None:
            self._decoder.reset()

    @property
    def newlines(self):
        found = tuple([mark for bit, mark in ((1, '\r'), (2, '\n'), (4, '\r\n')) if self._seen & bit])
        return None if not found else found[0] if len(found) == 1 else found


class BufferedRWPair(_BufferedIOBase):
    """Two streams, one to read from and one to write to, as one."""

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        if not reader.readable():
            raise OSError('"reader" argument must be readable.')
        if not writer.writable():
            raise OSError('"writer" argument must be writable.')
        self.reader = reader
        self.writer = writer

    def read(self, size=-1):
        return self.reader.read(-1 if size is None else size)

    def read1(self, size=-1):
        return self.reader.read1(size)

    def readinto(self, buffer):
        return self.reader.readinto(buffer)

    def peek(self, size=0):
        return self.reader.peek(size)

    def write(self, data):
        return self.writer.write(data)

    def readable(self):
        return self.reader.readable()

    def writable(self):
        return self.writer.writable()

    def flush(self):
        return self.writer.flush()

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    @property
    def closed(self):
        return self.writer.closed


_shadows = {}


def _shadow_of(cls):
    """The class `cls` with the methods of _pyio's stream class of the same name instead of the native ones."""
    import _pyio
    if cls not in _shadows:
        native = next(base for base in cls.__mro__ if base.__module__ == '_io' and hasattr(_pyio, base.__name__))
        own = cls.__mro__[:cls.__mro__.index(native)]
        namespace = {'__module__': cls.__module__, '__qualname__': cls.__qualname__, '__doc__': cls.__doc__}
        for base in getattr(_pyio, native.__name__).__mro__[:-1]:
            for name, value in vars(base).items():
                if name not in ('__dict__', '__weakref__', '__new__') and not any(name in vars(c) for c in own):
                    namespace.setdefault(name, value)
        _shadows[cls] = type(cls.__name__, (cls,), namespace), getattr(_pyio, native.__name__)
    return _shadows[cls]


def _adopt(stream, *arguments):
    """Make a stream of a class that the program derived from a native one work over what only _pyio can use."""
    cls = type(stream)
    shadow, foreign = _shadow_of(cls)
    stream.__class__ = shadow
    foreign.__init__(stream, *arguments)
