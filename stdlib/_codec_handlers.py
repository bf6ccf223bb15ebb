"""Encoding and decoding with error handlers that the program registered, piece by piece around the faults."""
import _codecs


def _checked(result, length, what):
    """The replacement and the place to go on that a handler gave."""
    if not isinstance(result, tuple) or len(result) != 2 or not isinstance(result[1], int) \
            or not isinstance(result[0], what):
        if what is str:
            raise TypeError('decoding error handler must return (str, int) tuple')
        raise TypeError('encoding error handler must return (str/bytes, int) tuple')
    replacement, place = result
    if place < 0:
        place += length
    if not 0 <= place <= length:
        raise IndexError(f'position {result[1]} from error handler out of bounds')
    return replacement, place


def encode(text, encoding, errors):
    """str.encode() with the handler `errors`."""
    parts = []
    place = 0
    while place < len(text):
        try:
            parts.append(text[place:].encode(encoding))
            break
        except UnicodeEncodeError as fault:
            start, end = place + fault.start, place + fault.end
            if start > place:
                parts.append(text[place:start].encode(encoding))
            whole = UnicodeEncodeError(fault.encoding, text, start, end, fault.reason)
        replacement, place = _checked(_codecs.lookup_error(errors)(whole), len(text), (str, bytes))
        if isinstance(replacement, str):
            try:
                replacement = replacement.encode(encoding)
            except UnicodeEncodeError:
                raise whole from None
        parts.append(replacement)
    return b''.join(parts)


def decode(data, encoding, errors):
    """bytes.decode() with the handler `errors`."""
    data = bytes(data)
    parts = []
    place = 0
    while place < len(data):
        try:
            parts.append(data[place:].decode(encoding))
            break
        except UnicodeDecodeError as fault:
            start, end = place + fault.start, place + fault.end
            if start > place:
                parts.append(data[place:start].decode(encoding))
            whole = UnicodeDecodeError(fault.encoding, data, start, end, fault.reason)
        result = _codecs.lookup_error(errors)(whole)
        data = whole.object  # a handler may have put other bytes in the place of those that it was given
        if not isinstance(data, bytes):
            raise TypeError('object attribute must be bytes')
        replacement, place = _checked(result, len(data), str)
        parts.append(replacement)
    return ''.join(parts)
