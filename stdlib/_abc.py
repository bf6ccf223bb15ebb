"""What abc.ABCMeta is made of: registries of virtual subclasses and caches of the answers."""
import _pattern_flags
from _weakref import ref as _ref

_counter = 0


class _Data:
    __slots__ = ('registry', 'positive', 'negative', 'version')

    def __init__(self):
        self.registry = {}
        self.positive = {}
        self.negative = {}
        self.version = _counter


def _remember(table, cls):
    """Weakly: a class that dies leaves the table."""
    key = id(cls)

    def forget(_, table=table, key=key):
        table.pop(key, None)

    table[key] = _ref(cls, forget)


def _knows(table, cls):
    entry = table.get(id(cls))
    return entry is not None and entry() is cls


def get_cache_token():
    """A token that changes with every registration of a virtual subclass."""
    return _counter


def _abc_init(cls):
    abstracts = {name for name, value in cls.__dict__.items() if getattr(value, '__isabstractmethod__', False)}
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            value = getattr(cls, name, None)
            if getattr(value, '__isabstractmethod__', False):
                abstracts.add(name)
    cls.__abstractmethods__ = frozenset(abstracts)
    cls._abc_impl = _Data()
    bits = cls.__dict__.get('__abc_tpflags__', 0)
    if bits:
        del cls.__abc_tpflags__
        _pattern_flags.mark(cls, bits)


def _abc_register(cls, subclass):
    global _counter
    if not isinstance(subclass, type):
        raise TypeError('Can only register classes')
    if issubclass(subclass, cls):
        return subclass
    if issubclass(cls, subclass):
        raise RuntimeError('Refusing to create an inheritance cycle')
    _remember(cls._abc_impl.registry, subclass)
    bits = _pattern_flags.bits_of(cls)
    if bits:
        _pattern_flags.mark(subclass, bits)
    _counter += 1
    if cls.__abc_tpflags__:
        type.__dict__['__abc_tpflags__'].__set__(subclass, cls.__abc_tpflags__)
    return subclass


def _abc_instancecheck(cls, instance):
    data = cls._abc_impl
    subclass = instance.__class__
    if _knows(data.positive, subclass):
        return True
    subtype = type(instance)
    if subtype is subclass:
        if data.version == _counter and _knows(data.negative, subclass):
            return False
        return cls.__subclasscheck__(subclass)
    return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)


def _abc_subclasscheck(cls, subclass):
    if not isinstance(subclass, type):
        raise TypeError('issubclass() arg 1 must be a class')
    data = cls._abc_impl
    if _knows(data.positive, subclass):
        return True
    if data.version < _counter:
        data.negative = {}
        data.version = _counter
    elif _knows(data.negative, subclass):
        return False
    answer = cls.__subclasshook__(subclass)
    if answer is NotImplemented:
        answer = cls in getattr(subclass, '__mro__', ()) or _has_registered_base(cls, data, subclass)
    elif answer is not False and answer is not True:
        raise AssertionError('__subclasshook__ must return either False, True, or NotImplemented')
    _remember(data.positive if answer else data.negative, subclass)
    return answer


def _has_registered_base(cls, data, subclass):
    for entry in list(data.registry.values()):
        registered = entry()
        if registered is not None and issubclass(subclass, registered):
            return True
    for child in cls.__subclasses__():
        if issubclass(subclass, child):
            return True
    return False


def _reset_registry(cls):
    cls._abc_impl.registry.clear()


def _reset_caches(cls):
    cls._abc_impl.positive.clear()
    cls._abc_impl.negative.clear()


def _get_dump(cls):
    data = cls._abc_impl
    return (set(data.registry.values()), set(data.positive.values()), set(data.negative.values()), data.version)
