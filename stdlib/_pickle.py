"""The module _pickle. The picklers are native (_pickle_core); what is rarely needed is written here, where it may
call the program."""
import builtins
import sys
from copyreg import _extension_registry, _inverted_registry, _extension_cache
from copyreg import dispatch_table as _dispatch_table
from _codecs import encode as _encode
from _pickle_core import *


class PickleError(Exception):
    """A common base class for the other pickling exceptions."""


class PicklingError(PickleError):
    """This exception is raised when the Pickler encounters an unpicklable object."""


class UnpicklingError(PickleError):
    """This exception is raised when there is a problem unpickling an object."""


_missing = object()


# --- asked by the pickler

def _lookup(table, cls):
    """What a dispatch table has for a class, in a tuple; None when it has nothing."""
    try:
        return (table[cls],)
    except KeyError:
        return None


def _truth_of(callback, buffer):
    return bool(callback(buffer))


def _reduce(obj):
    """The reduction of an object without __reduce_ex__."""
    method = getattr(obj, '__reduce__', None)
    if method is None:
        raise PicklingError(f"can't pickle {type(obj).__name__!r} object: {obj!r}")
    return method()


def _partial_new(cls, args, kwargs):
    """What NEWOBJ_EX does, for protocols that do not have it."""
    from functools import partial
    return partial(cls.__new__, cls, *args, **kwargs)


def _walk(obj, path):
    """The object path[-1] and its parent, from obj on."""
    parent = obj
    for part in path:
        parent, obj = obj, getattr(obj, part)
    return obj, parent


def _module_of(obj, path):
    """The name of the module that holds a global: its own word, or the first that has it."""
    name = getattr(obj, '__module__', None)
    if name is not None:
        return name
    for name, module in list(sys.modules.items()):
        if name == '__main__' or name == '__mp_main__' or module is None:
            continue
        try:
            if _walk(module, path)[0] is obj:
                return name
        except AttributeError:
            pass
    return '__main__'


def _by_value(obj):
    """Functions and classes that cannot be found by name travel by value."""
    return type(obj) is type(_by_value) or isinstance(obj, type)


def _locate(obj, name, how):
    """How a global is written: see global_answer() in runtime/image/pickler_global.cpp."""
    protocol, fix_imports, strict = how & 7, how & 8, name is not None
    if name is None:
        name = getattr(obj, '__qualname__', None)
        if name is None:
            name = obj.__name__
    path = name.split('.')
    if '<locals>' in path:
        if not strict and _by_value(obj):
            return None
        raise AttributeError(f"Can't pickle local object {name!r}")
    module_name = _module_of(obj, path)
    try:
        __import__(module_name, level=0)
        module = sys.modules[module_name]
    except (ImportError, KeyError, ValueError):
        if not strict and _by_value(obj):
            return None
        raise PicklingError(f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
    try:
        found, parent = _walk(module, path)
    except AttributeError:
        if not strict and _by_value(obj):
            return None
        raise PicklingError(
            f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed") from None
    if found is not obj:
        if not strict and _by_value(obj):
            return None
        raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
    if parent is module:
        name = path[-1]
    if protocol >= 2:
        code = _extension_registry.get((module_name, name))
        if code is not None:
            return code
    if protocol >= 4:
        return module_name, name
    if parent is not module:
        return parent, path[-1], None
    if protocol < 3 and fix_imports:
        from _compat_pickle import REVERSE_NAME_MAPPING, REVERSE_IMPORT_MAPPING
        if (module_name, name) in REVERSE_NAME_MAPPING:
            module_name, name = REVERSE_NAME_MAPPING[module_name, name]
        elif module_name in REVERSE_IMPORT_MAPPING:
            module_name = REVERSE_IMPORT_MAPPING[module_name]
    try:
        return f'{module_name}\n{name}\n'.encode('utf-8' if protocol >= 3 else 'ascii')
    except UnicodeEncodeError:
        raise PicklingError(
            f"can't pickle global identifier '{module_name}.{name}' using pickle protocol {protocol}") from None


# --- asked by the unpickler

def _find_class(module, name, how):
    protocol, fix_imports = how & 7, how & 8
    sys.audit('pickle.find_class', module, name)
    if protocol < 3 and fix_imports:
        from _compat_pickle import NAME_MAPPING, IMPORT_MAPPING
        if (module, name) in NAME_MAPPING:
            module, name = NAME_MAPPING[module, name]
        elif module in IMPORT_MAPPING:
            module = IMPORT_MAPPING[module]
    __import__(module, level=0)
    found = sys.modules[module]
    for part in name.split('.') if protocol >= 4 else (name,):
        if part == '<locals>':
            raise AttributeError(f"Can't get local attribute {name!r} on {sys.modules[module]!r}")
        try:
            found = getattr(found, part)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {sys.modules[module]!r}") from None
    return found


def _decode(data, encoding, errors):
    return str(data, encoding, errors) if encoding != 'raw-unicode-escape' else data.decode(encoding)


def _load_string(line, encoding, errors):
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in (b'"', b"'"):
        raise UnpicklingError('the STRING opcode argument must be quoted')
    from _codecs import escape_decode
    data = escape_decode(line[1:-1])[0]
    return data if encoding == 'bytes' else str(data, encoding, errors)


def _load_int(line, is_long):
    if is_long:
        if line[-1:] == b'L':
            line = line[:-1]
        return int(line, 0)
    try:
        return int(line, 0)
    except ValueError:
        raise ValueError('could not convert string to int') from None


def _load_persistent(persistent_load, line):
    try:
        name = line.decode('ascii')
    except UnicodeDecodeError:
        raise UnpicklingError('persistent IDs in protocol 0 must be ASCII strings') from None
    return persistent_load(name)


def _load_extension(unpickler, code):
    found = _extension_cache.get(code, _missing)
    if found is not _missing:
        return found
    key = _inverted_registry.get(code)
    if key is None:
        if code <= 0:
            raise UnpicklingError('EXT specifies code <= 0')
        raise ValueError(f'unregistered extension code {code}')
    found = unpickler.find_class(*key)
    _extension_cache[code] = found
    return found


def _instantiate(cls, args):
    if args or not isinstance(cls, type) or hasattr(cls, '__getinitargs__'):
        return cls(*args)
    return cls.__new__(cls)


def _load_instance(unpickler, line, args):
    module, name = line.decode('ascii').split('\n')
    return _instantiate(unpickler.find_class(module, name), args)


def _new_object(cls, args):
    return cls.__new__(cls, *args)


def _new_object_ex(cls, args, kwargs):
    if not isinstance(cls, type):
        raise UnpicklingError(f'NEWOBJ_EX class argument must be a type, not {type(cls).__name__}')
    if not isinstance(args, tuple):
        raise UnpicklingError(f'NEWOBJ_EX args argument must be a tuple, not {type(args).__name__}')
    if not isinstance(kwargs, dict):
        raise UnpicklingError(f'NEWOBJ_EX kwargs argument must be a dict, not {type(kwargs).__name__}')
    return cls.__new__(cls, *args, **kwargs)


def _set_state(obj, state):
    method = getattr(obj, '__setstate__', _missing)
    if method is not _missing:
        method(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state is not None:
        if not isinstance(state, dict):
            raise UnpicklingError('state is not a dictionary')
        attributes = obj.__dict__
        for key, value in state.items():
            attributes[sys.intern(key) if type(key) is str else key] = value
    if slots is not None:
        if not isinstance(slots, dict):
            raise UnpicklingError('slot state is not a dictionary')
        for key, value in slots.items():
            setattr(obj, key, value)


def _append_items(obj, items):
    if isinstance(obj, list):
        list.extend(obj, items) if type(obj) is list else obj.extend(items)
        return
    extend = getattr(obj, 'extend', None)
    if extend is not None:
        extend(items)
        return
    append = obj.append
    for item in items:
        append(item)


def _set_items(obj, items):
    for at in range(0, len(items), 2):
        obj[items[at]] = items[at + 1]


def _add_items(obj, items):
    if isinstance(obj, set):
        obj.update(items)
        return
    add = obj.add
    for item in items:
        add(item)


def _read_only(buffer):
    view = memoryview(buffer)
    return buffer if view.readonly else view.toreadonly()
