"""What functools has from C in CPython, where it is found by pickles: reduce, cmp_to_key and the wrapper of lru_cache.

The cache is a dict of links, which stand in a ring in the order of their use. There is no lock: where no key of the program is asked for its hash, nothing here gives way to another tasklet
between the look into the dict and the end of the changes. Where one is, what others do meanwhile leaves at worst
a link in the ring that the dict does not know, which goes like the others when it is the oldest.
"""

_ABSENT = object()


def reduce(function, sequence, initial=_ABSENT, /):
    """Apply a function of two arguments to the items of an iterable, from left to right, until one value is left."""
    try:
        items = iter(sequence)
    except TypeError:
        raise TypeError('reduce() arg 2 must support iteration') from None
    value = initial
    if value is _ABSENT:
        for value in items:
            break
        else:
            raise TypeError('reduce() of empty iterable with no initial value')
    for item in items:
        value = function(value, item)
    return value


def cmp_to_key(mycmp):
    """The class of keys that compare their objects by a function that gives a number below, equal to or above 0."""

    class KeyWrapper:
        __slots__ = 'obj',
        __module__ = 'functools'
        __qualname__ = 'KeyWrapper'
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

    return KeyWrapper


_FAST = frozenset((int, str))                       # alone these are their own keys
_PLAIN = _FAST | {float, bool, bytes, complex, type(None)}  # the machine hashes and compares these by itself
_MARK = object(),                                   # between the positional arguments and the keywords


class _Key(list):
    """Arguments that are asked for their hashes once."""

    __slots__ = '_hash'

    def __init__(self, parts):
        self[:] = parts
        self._hash = hash(parts)

    def __hash__(self):
        return self._hash


def _key_of(args, kwds, typed):
    parts = args
    if kwds:
        parts += _MARK
        for item in kwds.items():
            parts += item
    if typed:
        parts += tuple([type(value) for value in args])
        if kwds:
            parts += tuple([type(value) for value in kwds.values()])
    for value in args:
        if type(value) not in _PLAIN:
            return _Key(parts)
    for value in kwds.values():
        if type(value) not in _PLAIN:
            return _Key(parts)
    return parts


def _without_limit(function, typed):
    cache = {}
    absent = object()
    find = cache.get
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if kwds or typed or len(args) != 1 or type(key := args[0]) not in _FAST:
            key = _key_of(args, kwds, typed)
        result = find(key, absent)
        if result is not absent:
            hits += 1
            return result
        misses += 1
        result = function(*args, **kwds)
        cache[key] = result
        return result

    def info():
        return hits, misses, len(cache)

    def clear():
        nonlocal hits, misses
        cache.clear()
        hits = misses = 0

    return wrapper, info, clear


def _with_limit(function, typed, limit):
    cache = {}
    find, forget = cache.get, cache.pop
    ring = []                                       # a link is [earlier, later, key, result]
    ring[:] = ring, ring, None, None
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if kwds or typed or len(args) != 1 or type(key := args[0]) not in _FAST:
            key = _key_of(args, kwds, typed)
        link = find(key)
        if link is not None:
            hits += 1
            newest = ring[0]
            if link is newest:
                return link[3]
            earlier, later, _, result = link
            earlier[1] = later
            later[0] = earlier
            link[0] = newest
            link[1] = ring
            newest[1] = ring[0] = link
            return result
        misses += 1
        result = function(*args, **kwds)
        if key in cache:
            return result
        newest = ring[0]
        if len(cache) >= limit and ring[1] is not ring:
            # The oldest link becomes the newest. The ring may be empty when another tasklet has cleared the cache.
            link = ring[1]
            gone = link[2]
            later = link[1]
            ring[1] = later
            later[0] = ring
            newest = ring[0]
            link[:] = newest, ring, key, result
            newest[1] = ring[0] = cache[key] = link
            forget(gone, None)
        else:
            newest[1] = ring[0] = cache[key] = [newest, ring, key, result]
        return result

    def info():
        return hits, misses, len(cache)

    def clear():
        nonlocal hits, misses
        cache.clear()
        ring[:] = ring, ring, None, None
        hits = misses = 0

    return wrapper, info, clear


def _without_cache(function):
    misses = 0

    def wrapper(*args, **kwds):
        nonlocal misses
        misses += 1
        return function(*args, **kwds)

    def info():
        return 0, misses, 0

    def clear():
        nonlocal misses
        misses = 0

    return wrapper, info, clear


def _lru_cache_wrapper(user_function, maxsize, typed, cache_info_type):
    """Create a cached callable that wraps another function."""
    if maxsize is None:
        wrapper, info, clear = _without_limit(user_function, typed)
    elif maxsize == 0:
        wrapper, info, clear = _without_cache(user_function)
    else:
        wrapper, info, clear = _with_limit(user_function, typed, maxsize)

    def cache_info():
        """Report cache statistics"""
        hits, misses, size = info()
        return cache_info_type(hits, misses, maxsize, size)

    def cache_clear():
        """Clear the cache and cache statistics"""
        clear()

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return wrapper
