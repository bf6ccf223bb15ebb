"""Readers, writers and dialects of CSV files: the lower floor of the csv module, over _csv_core."""
import _csv_core as _core

__version__ = '1.0'
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)
Error = _core.Error
_dialects = {}
_field_limit = 131072
_missing = object()


def _character(name, value, default, optional):
    if value is _missing:
        return default
    if value is None and optional:
        return None
    if not isinstance(value, str):
        kind = 'string or None' if optional else 'string'
        raise TypeError(f'"{name}" must be {kind}, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


def _read_only(name):
    return property(lambda self: getattr(self, '_' + name))


class Dialect:
    """CSV dialect: the choices of format that readers and writers follow."""

    _names = ('delimiter', 'doublequote', 'escapechar', 'lineterminator', 'quotechar', 'quoting',
              'skipinitialspace', 'strict')
    __slots__ = tuple('_' + name for name in _names)
    for _name in _names:
        locals()[_name] = _read_only(_name)
    del _name

    def __new__(cls, dialect=None, delimiter=_missing, doublequote=_missing, escapechar=_missing,
                lineterminator=_missing, quotechar=_missing, quoting=_missing, skipinitialspace=_missing,
                strict=_missing):
        given = {'delimiter': delimiter, 'doublequote': doublequote, 'escapechar': escapechar,
                 'lineterminator': lineterminator, 'quotechar': quotechar, 'quoting': quoting,
                 'skipinitialspace': skipinitialspace, 'strict': strict}
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        if dialect is not None:
            plain = type(dialect) is Dialect and cls is Dialect
            if plain and all(value is _missing for value in given.values()):
                return dialect
            for name, value in given.items():
                if value is _missing:
                    given[name] = getattr(dialect, name, _missing)
        self = object.__new__(cls)
        self._take(**given)
        return self

    def _take(self, delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace,
              strict):
        self._delimiter = _character('delimiter', delimiter, ',', False)
        self._doublequote = True if doublequote is _missing else bool(doublequote)
        self._escapechar = _character('escapechar', escapechar, None, True)
        if lineterminator is _missing:
            lineterminator = '\r\n'
        elif lineterminator is not None and not isinstance(lineterminator, str):
            raise TypeError('"lineterminator" must be a string')
        self._lineterminator = lineterminator
        quote = _character('quotechar', quotechar, '"', True)
        if quoting is _missing:
            # A dialect without a quote character quotes nothing unless it is told to.
            quoting = QUOTE_NONE if quotechar is None else QUOTE_MINIMAL
        elif type(quoting) is not int:
            raise TypeError('"quoting" must be an integer')
        self._quotechar = quote
        self._quoting = quoting
        self._skipinitialspace = False if skipinitialspace is _missing else bool(skipinitialspace)
        self._strict = False if strict is _missing else bool(strict)
        if not QUOTE_MINIMAL <= quoting <= QUOTE_NONE:
            raise TypeError('bad "quoting" value')
        if quoting != QUOTE_NONE and quote is None:
            raise TypeError('quotechar must be set if quoting enabled')
        if lineterminator is None:
            raise TypeError('lineterminator must be set')

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")

    def _engine(self):
        return _core.engine(self._delimiter, self._quotechar, self._escapechar, self._doublequote,
                            self._skipinitialspace, self._strict, self._quoting, self._lineterminator)


class Reader:
    """Iterates over the records of a CSV file, each a list of strings."""

    __slots__ = ('_lines', '_parser', 'dialect', 'line_num', '__weakref__')

    def __init__(self, lines, dialect):
        self._lines = iter(lines)
        self.dialect = dialect
        self._parser = dialect._engine()
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        parser = self._parser
        for line in self._lines:
            self.line_num += 1
            fields = parser.feed(line, _field_limit)
            if fields is not None:
                return fields
        fields = parser.finish()
        if fields is None:
            raise StopIteration
        return fields


def _text_of(field):
    if isinstance(field, str):
        return field
    if field is None:
        return ''
    return str(field)


def _is_number(field):
    kind = type(field)
    return hasattr(kind, '__index__') or hasattr(kind, '__int__') or hasattr(kind, '__float__') \
        or hasattr(kind, '__complex__')


class Writer:
    """Writes sequences as lines of a CSV file."""

    __slots__ = ('_write', '_formatter', 'dialect', '__weakref__')

    def __init__(self, file, dialect):
        write = getattr(file, 'write', None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write
        self.dialect = dialect
        self._formatter = dialect._engine()

    def writerow(self, row):
        """Write one record; returns what the file's write() says."""
        try:
            fields = list(row)
        except TypeError:
            raise Error(f'iterable expected, not {type(row).__name__}') from None
        quoting = self.dialect._quoting
        forced = None
        if quoting == QUOTE_ALL:
            forced = [True] * len(fields)
        elif quoting == QUOTE_NONNUMERIC:
            forced = [not _is_number(field) for field in fields]
        return self._write(self._formatter.row([_text_of(field) for field in fields], forced))

    def writerows(self, rows):
        """Write several records."""
        for row in rows:
            self.writerow(row)


def reader(csvfile, /, dialect=None, **options):
    """An iterator over the records of an iterable of lines."""
    return Reader(csvfile, Dialect(dialect, **options))


def writer(csvfile, /, dialect=None, **options):
    """An object that writes records to a file."""
    return Writer(csvfile, Dialect(dialect, **options))


def register_dialect(name, /, dialect=None, **options):
    """Give a dialect a name."""
    if not isinstance(name, str):
        raise TypeError('dialect name must be a string')
    _dialects[name] = Dialect(dialect, **options)


def unregister_dialect(name, /):
    """Forget the dialect of that name."""
    try:
        del _dialects[name]
    except (KeyError, TypeError) as error:
        if isinstance(error, TypeError):
            raise
        raise Error('unknown dialect') from None


def get_dialect(name, /):
    """The dialect of that name."""
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]


def list_dialects():
    """The names of all known dialects."""
    return list(_dialects)


def field_size_limit(limit=_missing, /):
    """Set how long a field may be; returns the limit so far."""
    global _field_limit
    before = _field_limit
    if limit is not _missing:
        if type(limit) is not int:
            raise TypeError('limit must be an integer')
        _field_limit = limit
    return before
