"""The files /etc/passwd and /etc/group as records, for the modules pwd and grp."""


def lines_of(path, count):
    """The fields of each line of a colon-separated file that has `count` of them."""
    try:
        with open(path, encoding='utf-8', errors='surrogateescape') as file:
            rows = [line.rstrip('\n').split(':') for line in file]
    except OSError:
        return []
    return [row for row in rows if len(row) == count and row[0] and not row[0].startswith('#')]


def record_class(module, name, fields):
    """A tuple class whose items are attributes as well."""
    class Record(tuple):
        __slots__ = ()
        n_fields = n_sequence_fields = len(fields)
        n_unnamed_fields = 0
        __match_args__ = fields

        def __new__(cls, values):
            values = tuple(values)
            if len(values) != len(fields):
                raise TypeError(f'{module}.{name}() takes a {len(fields)}-sequence ({len(values)}-sequence given)')
            return tuple.__new__(cls, values)

        def __repr__(self):
            parts = ', '.join(f'{field}={value!r}' for field, value in zip(fields, self))
            return f'{module}.{name}({parts})'

        def __reduce__(self):
            return type(self), (tuple(self),)

    for index, field in enumerate(fields):
        setattr(Record, field, property(lambda self, index=index: self[index]))
    Record.__name__ = Record.__qualname__ = name
    Record.__module__ = module
    return Record


def number_argument(value, what):
    """A user or group id: an int of 32 bits."""
    if not hasattr(type(value), '__index__'):
        raise TypeError(f'{what} should be integer, not {type(value).__name__}')
    return value.__index__()
