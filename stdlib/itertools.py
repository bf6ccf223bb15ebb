"""Iterators that combine iterators. Most are generators: a generator is the cheapest iterator the machine has."""
import operator as _operator

__all__ = ['accumulate', 'chain', 'combinations', 'combinations_with_replacement', 'compress', 'count', 'cycle',
           'dropwhile', 'filterfalse', 'groupby', 'islice', 'pairwise', 'permutations', 'product', 'repeat',
           'starmap', 'takewhile', 'tee', 'zip_longest']




class count:
    """count(start=0, step=1): start, start + step, ..."""

    __slots__ = ('_value', '_step')

    def __init__(self, start=0, step=1):
        if not hasattr(start, '__add__') or isinstance(start, (str, bytes, list, tuple)):
            raise TypeError('a number is required')
        self._value = start
        self._step = step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._value
        self._value = value + self._step
        return value

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return f'count({self._value!r})'
        return f'count({self._value!r}, {self._step!r})'

    def __reduce__(self):
        return count, (self._value, self._step)


class repeat:
    """repeat(object[, times]): the object again and again."""

    __slots__ = ('_object', '_left')

    def __init__(self, object, times=None):
        self._object = object
        self._left = None if times is None else max(0, _operator.index(times))

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError('len() of unsized object')
        return self._left

    def __repr__(self):
        return f'repeat({self._object!r})' if self._left is None else f'repeat({self._object!r}, {self._left})'

    def __reduce__(self):
        return repeat, ((self._object,) if self._left is None else (self._object, self._left))


class chain:
    """chain(*iterables): the items of the first iterable, then of the second, ..."""

    __slots__ = ('_sources', '_current')

    def __init__(self, *iterables):
        self._sources = iter(iterables)
        self._current = iter(())

    @classmethod
    def from_iterable(cls, iterable, /):
        """The same for one iterable of iterables."""
        self = cls()
        self._sources = iter(iterable)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            for item in self._current:
                return item
            self._current = iter(next(self._sources))


def cycle(iterable, /):
    """The items again and again."""
    return _cycle(iter(iterable))


def _cycle(iterator):
    saved = []
    for item in iterator:
        yield item
        saved.append(item)
    while saved:
        yield from saved


def accumulate(iterable, func=None, *, initial=None):
    """Running totals, or results of func."""
    return _accumulate(iter(iterable), func if func is not None else _operator.add, initial)


def _accumulate(iterator, func, total):
    if total is None:
        for total in iterator:
            break
        else:
            return
    yield total
    for item in iterator:
        total = func(total, item)
        yield total


def compress(data, selectors):
    """The items of data whose selector is true."""
    return (item for item, selected in zip(data, selectors) if selected)


def dropwhile(predicate, iterable, /):
    """The items from the first on that fails the predicate."""
    return _dropwhile(predicate, iter(iterable))


def _dropwhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            yield item
            break
    yield from iterator


def takewhile(predicate, iterable, /):
    """The items up to the first that fails the predicate."""
    return _takewhile(predicate, iter(iterable))


def _takewhile(predicate, iterator):
    for item in iterator:
        if not predicate(item):
            return
        yield item


def filterfalse(predicate, iterable, /):
    """The items that fail the predicate."""
    if predicate is None:
        return (item for item in iterable if not item)
    return (item for item in iterable if not predicate(item))


def starmap(function, iterable, /):
    """function(*item) of every item."""
    return (function(*item) for item in iterable)


def pairwise(iterable, /):
    """Overlapping pairs."""
    return _pairwise(iter(iterable))


def _pairwise(iterator):
    for last in iterator:
        break
    else:
        return
    for item in iterator:
        yield last, item
        last = item


def _bound(value, name):
    if value is None:
        return None
    try:
        value = _operator.index(value)
    except TypeError:
        value = -1
    if value < 0:
        raise ValueError(f'{name} for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
    return value


def islice(iterable, start, stop=..., step=None, /):
    """islice(iterable, stop) or islice(iterable, start, stop[, step]): a slice of an iterator."""
    if stop is ...:
        start, stop = None, start
        stop = _bound(stop, 'Stop argument')
    else:
        start, stop = _bound(start, 'Indices'), _bound(stop, 'Stop argument')
    if step is not None:
        try:
            step = _operator.index(step)
        except TypeError:
            step = 0
        if step < 1:
            raise ValueError('Step for islice() must be a positive integer or None.')
    return _islice(iter(iterable), start or 0, stop, step or 1)


def _islice(iterator, start, stop, step):
    at = 0
    if start:
        # The items before the start are taken only when the slice is really asked for one.
        limit = start if stop is None or start < stop else stop
        while at < limit:
            for _ in iterator:
                break
            else:
                return
            at += 1
    while stop is None or at < stop:
        for item in iterator:
            break
        else:
            return
        yield item
        at += 1
        skip = step - 1
        if stop is not None and at + skip > stop:
            skip = stop - at
        while skip > 0:
            for _ in iterator:
                break
            else:
                return
            at += 1
            skip -= 1


def zip_longest(*iterables, fillvalue=None):
    """Like zip(), but goes on to the end of the longest."""
    return _zip_longest([iter(iterable) for iterable in iterables], fillvalue)


def _zip_longest(iterators, fill):
    left = len(iterators)
    if not left:
        return
    ended = object()
    while True:
        row = []
        for i, iterator in enumerate(iterators):
            item = fill if iterator is None else next(iterator, ended)
            if item is ended:
                left -= 1
                if not left:
                    return
                iterators[i] = None
                item = fill
            row.append(item)
        yield tuple(row)


def product(*iterables, repeat=1):
    """Cartesian product: nested loops in one."""
    if repeat < 0:
        raise ValueError('repeat argument cannot be negative')
    return _product([tuple(iterable) for iterable in iterables] * repeat)


def _product(pools):
    sizes = [len(pool) for pool in pools]
    if not all(sizes):
        return
    places = [0] * len(pools)
    row = [pool[0] for pool in pools]
    while True:
        yield tuple(row)
        i = len(pools) - 1
        while i >= 0:
            places[i] += 1
            if places[i] < sizes[i]:
                row[i] = pools[i][places[i]]
                break
            places[i] = 0
            row[i] = pools[i][0]
            i -= 1
        else:
            return


def permutations(iterable, r=None):
    """All orders of r items."""
    pool = tuple(iterable)
    if r is None:
        r = len(pool)
    elif not isinstance(r, int):
        raise TypeError('Expected int as r')
    if r < 0:
        raise ValueError('r must be non-negative')
    return _permutations(pool, len(pool), r)


def _permutations(pool, n, r):
    if r > n:
        return
    places = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple([pool[i] for i in places[:r]])
    while n:
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i] == 0:
                places[i:] = places[i + 1:] + places[i:i + 1]
                cycles[i] = n - i
            else:
                j = n - cycles[i]
                places[i], places[j] = places[j], places[i]
                yield tuple([pool[k] for k in places[:r]])
                break
        else:
            return


def combinations(iterable, r):
    """All choices of r items in order."""
    pool = tuple(iterable)
    if r < 0:
        raise ValueError('r must be non-negative')
    return _combinations(pool, len(pool), r)


def _combinations(pool, n, r):
    if r > n:
        return
    places = list(range(r))
    while True:
        yield tuple([pool[i] for i in places])
        for i in range(r - 1, -1, -1):
            if places[i] != i + n - r:
                break
        else:
            return
        places[i] += 1
        for j in range(i + 1, r):
            places[j] = places[j - 1] + 1


def combinations_with_replacement(iterable, r):
    """All choices of r items in order, where an item may come again."""
    pool = tuple(iterable)
    if r < 0:
        raise ValueError('r must be non-negative')
    return _combinations_with_replacement(pool, len(pool), r)


def _combinations_with_replacement(pool, n, r):
    if not n and r:
        return
    places = [0] * r
    while True:
        yield tuple([pool[i] for i in places])
        for i in range(r - 1, -1, -1):
            if places[i] != n - 1:
                break
        else:
            return
        places[i:] = [places[i] + 1] * (r - i)


class groupby:
    """Runs of items with the same key, as pairs (key, iterator of the run)."""

    __slots__ = ('_source', '_key', '_target', '_current_key', '_current', '_state', '_run')

    def __init__(self, iterable, key=None):
        self._source = iter(iterable)
        self._key = key
        self._target = self._current_key = self._current = _NOTHING
        self._run = None

    def __iter__(self):
        return self

    def _advance(self):
        self._current = item = next(self._source)
        self._current_key = item if self._key is None else self._key(item)

    def __next__(self):
        self._run = None
        while self._current_key is self._target or self._current_key == self._target:
            self._advance()
        self._target = self._current_key
        self._run = run = _Run(self, self._target)
        return self._target, run


class _Run:
    __slots__ = ('_parent', '_target')

    def __init__(self, parent, target):
        self._parent = parent
        self._target = target

    def __iter__(self):
        return self

    def __next__(self):
        parent = self._parent
        if parent._run is not self:
            raise StopIteration
        if parent._current is _NOTHING:
            parent._advance()
        if not (parent._current_key is self._target or parent._current_key == self._target):
            raise StopIteration
        item = parent._current
        parent._current = _NOTHING
        return item


_NOTHING = object()


class _tee:
    """One of several iterators over the same source; what is still to be seen hangs in a chain of cells."""

    __slots__ = ('_source', '_cell', '__weakref__')

    def __init__(self, source, cell):
        self._source = source
        self._cell = cell

    def __iter__(self):
        return self

    def __next__(self):
        cell = self._cell
        if cell[1] is None:
            cell[0] = next(self._source)
            cell[1] = [None, None]
        self._cell = cell[1]
        return cell[0]

    def __copy__(self):
        return _tee(self._source, self._cell)


def tee(iterable, n=2, /):
    """n independent iterators over one iterable."""
    if n < 0:
        raise ValueError('n must be >= 0')
    if not n:
        return ()
    iterator = iter(iterable)
    first = iterator.__copy__() if isinstance(iterator, _tee) else _tee(iterator, [None, None])
    return (first,) + tuple([first.__copy__() for _ in range(n - 1)])
