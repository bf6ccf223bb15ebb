"""The module _lzma: streams of xz and lzma, over the native _lzma_core."""
from _lzma_core import (
    CHECK_CRC32, CHECK_CRC64, CHECK_ID_MAX, CHECK_NONE, CHECK_SHA256, CHECK_UNKNOWN, FILTER_ARM, FILTER_ARMTHUMB,
    FILTER_DELTA, FILTER_IA64, FILTER_LZMA1, FILTER_LZMA2, FILTER_POWERPC, FILTER_SPARC, FILTER_X86, FORMAT_ALONE,
    FORMAT_AUTO, FORMAT_RAW, FORMAT_XZ, MF_BT2, MF_BT3, MF_BT4, MF_HC3, MF_HC4, MODE_FAST, MODE_NORMAL,
    PRESET_DEFAULT, PRESET_EXTREME, LZMAError, decode_properties, decoder, encode_properties, encoder,
    is_check_supported)
from _thread import RLock
from operator import index

_MOST_FILTERS = 4
_LZMA_OPTIONS = ('preset', 'dict_size', 'lc', 'lp', 'pb', 'mode', 'nice_len', 'mf', 'depth')
_LZMA = (FILTER_LZMA1, FILTER_LZMA2)
_BCJ = (FILTER_X86, FILTER_POWERPC, FILTER_IA64, FILTER_ARM, FILTER_ARMTHUMB, FILTER_SPARC)


def _unsigned(value):
    value = index(value)
    if value < 0:
        raise OverflowError("can't convert negative int to unsigned")
    if value >> 32:
        raise OverflowError('Value too large for uint32_t type')
    return value


def _filter_words(spec):
    if not hasattr(type(spec), '__getitem__'):
        raise TypeError('Filter specifier must be a dict or dict-like object')
    try:
        number = spec['id']
    except KeyError:
        raise ValueError('Filter specifier must have an "id" entry') from None
    number = index(number)
    if number in _LZMA:
        options, kind = _LZMA_OPTIONS, 'LZMA'
    elif number == FILTER_DELTA:
        options, kind = ('dist',), 'delta'
    elif number in _BCJ:
        options, kind = ('start_offset',), 'BCJ'
    else:
        raise ValueError(f'Invalid filter ID: {number}')
    if any(name != 'id' and name not in options for name in spec.keys()):
        raise ValueError(f'Invalid filter specifier for {kind} filter')
    return number, *(_unsigned(spec[name]) if name in spec else -1 for name in options)


def _chain(filters):
    if len(filters) > _MOST_FILTERS:
        raise ValueError(f'Too many filters - liblzma supports a maximum of {_MOST_FILTERS}')
    return tuple(_filter_words(filters[i]) for i in range(len(filters)))


def _encode_filter_properties(filter, /):
    """The properties of a filter as they stand in a file."""
    return encode_properties(_filter_words(filter))


def _decode_filter_properties(filter_id, encoded_props, /):
    """The filter that was encoded, as a dict."""
    words = decode_properties(filter_id, encoded_props)
    if filter_id == FILTER_LZMA1:
        words = *words[1:], words[0]
        names = ('lc', 'lp', 'pb', 'dict_size')
    elif filter_id == FILTER_LZMA2:
        names = ('dict_size',)
    else:
        names = ('dist',) if filter_id == FILTER_DELTA else ('start_offset',)
    return {'id': filter_id, **dict(zip(names, words))}


class LZMACompressor:
    """Compresses data piece by piece."""

    def __init__(self, format=FORMAT_XZ, check=-1, preset=None, filters=None):
        if preset is not None and filters is not None:
            raise ValueError('Cannot specify both preset and filter chain')
        format, check = index(format), index(check)
        preset = PRESET_DEFAULT if preset is None else _unsigned(preset)
        if format != FORMAT_XZ and check not in (-1, CHECK_NONE):
            raise ValueError('Integrity checks are only supported by FORMAT_XZ')
        if format not in (FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW):
            raise ValueError(f'Invalid container format: {format}')
        if format == FORMAT_RAW and filters is None:
            raise ValueError('Must specify filters for FORMAT_RAW')
        chain = None if filters is None else _chain(filters)
        if format == FORMAT_ALONE and chain is not None and (len(chain) != 1 or chain[0][0] != FILTER_LZMA1):
            raise ValueError('Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter')
        self._lock = RLock()
        self._stream = encoder(format, CHECK_CRC64 if check == -1 else check, preset, chain)

    def compress(self, data, /):
        """Take data in; return what is compressed so far and was not returned."""
        with self._lock:
            if self._stream is None:
                raise ValueError('Compressor has been flushed')
            return self._stream.run(data, False, -1)[0]

    def flush(self):
        """Finish; return the rest. The compressor cannot be used any more."""
        with self._lock:
            if self._stream is None:
                raise ValueError('Repeated call to flush()')
            rest = self._stream.run(b'', True, -1)[0]
            self._stream = None
            return rest

    def __reduce__(self):
        raise TypeError("cannot pickle '_lzma.LZMACompressor' object")


class LZMADecompressor:
    """Decompresses one stream piece by piece."""

    def __init__(self, format=FORMAT_AUTO, memlimit=None, filters=None):
        format = index(format)
        if memlimit is not None and format == FORMAT_RAW:
            raise ValueError('Cannot specify memory limit with FORMAT_RAW')
        if format == FORMAT_RAW and filters is None:
            raise ValueError('Must specify filters for FORMAT_RAW')
        if format != FORMAT_RAW and filters is not None:
            raise ValueError('Cannot specify filters except with FORMAT_RAW')
        if format not in (FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW):
            raise ValueError(f'Invalid container format: {format}')
        self._lock = RLock()
        chain = None if filters is None else _chain(filters)
        self._stream = decoder(format, -1 if memlimit is None else index(memlimit), chain)
        self._pending = b''
        self._eof = False
        self._needs_input = True
        self._unused = b''

    check = property(lambda self: self._stream.check(), doc='The integrity check used by the input stream.')
    eof = property(lambda self: self._eof, doc='True when the end of the stream was reached.')
    needs_input = property(lambda self: self._needs_input, doc='True when more input is needed before more output.')
    unused_data = property(lambda self: self._unused, doc='What came after the end of the stream.')

    def decompress(self, data, max_length=-1):
        """Return up to max_length bytes (any number if negative) of decompressed data."""
        with self._lock:
            if self._eof:
                raise EOFError('Already at end of stream')
            data = self._pending + bytes(memoryview(data))
            out, used, self._eof = self._stream.run(data, False, max_length)
            rest = data[used:]
            if self._eof:
                self._pending, self._unused, self._needs_input = b'', rest, False
            else:
                self._pending = rest
                self._needs_input = not rest and not 0 <= max_length <= len(out)
            return out

    def __reduce__(self):
        raise TypeError("cannot pickle '_lzma.LZMADecompressor' object")
