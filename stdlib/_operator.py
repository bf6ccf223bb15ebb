"""What operator does not say itself."""

__all__ = ['index']


def index(a, /):
    """Same as a.__index__(), asked of the class alone."""
    return range(a).stop


def _compare_digest(a, b, /):
    """Compare without telling by the time taken where the difference is."""
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError('comparing strings with non-ASCII characters is not supported')
        a, b = a.encode(), b.encode()
    elif isinstance(a, str) or isinstance(b, str):
        raise TypeError(f"unsupported operand types(s) or combination of types: '{type(a).__name__}' and "
                        f"'{type(b).__name__}'")
    a, b = bytes(a), bytes(b)
    different = len(a) ^ len(b)
    for x, y in zip(a, b if len(a) == len(b) else a):
        different |= x ^ y
    return different == 0
