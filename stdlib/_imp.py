"""The native import system as importlib asks it. Modules inside the executable count as builtin."""
import _import_core as _core
import _thread

check_hash_based_pycs = 'default'
_lock = _thread.RLock()
_bodies = {}


def extension_suffixes():
    """Extension modules of CPython cannot be loaded."""
    return []


def lock_held():
    """Is somebody importing?"""
    return _lock._is_owned()


def acquire_lock():
    """Wait until nobody else imports."""
    _lock.acquire()


def release_lock():
    """Let others import."""
    try:
        _lock.release()
    except RuntimeError:
        raise RuntimeError('not holding the import lock') from None


def is_builtin(name, /):
    """1 for a module of the machine itself, 0 for others."""
    return int(_core.is_own(name))


def create_builtin(spec, /):
    """The module that a spec describes, before its body has run; None when the machine has none."""
    import sys
    name = spec.name
    if name in sys.modules:
        return sys.modules[name]
    made = _core.create(name)
    if made is None:
        return None
    module, body = made
    if body is not None:
        _bodies[name] = body
    return module


def exec_builtin(module, /):
    """Run the body of a module that create_builtin() has made."""
    body = _bodies.pop(module.__name__, None)
    if body is not None:
        body(module.__dict__)
    return 0


def create_dynamic(spec, file=None, /):
    """Extension modules of CPython cannot be loaded."""
    raise ImportError(f'extension modules cannot be loaded: {spec.origin}', name=spec.name, path=spec.origin)


def exec_dynamic(module, /):
    """Extension modules of CPython cannot be loaded."""
    return 0


def init_frozen(name, /):
    """There are no frozen modules."""


def find_frozen(name, /, *, withdata=False):
    """There are no frozen modules."""


def get_frozen_object(name, data=None, /):
    """There are no frozen modules."""
    raise ImportError(f'No such frozen object named {name}', name=name)


def is_frozen_package(name, /):
    """There are no frozen modules."""
    raise ImportError(f'No such frozen object named {name}', name=name)


def is_frozen(name, /):
    """There are no frozen modules."""
    return False


def _frozen_module_names():
    return []


def _override_frozen_modules_for_tests(override, /):
    """There are no frozen modules."""


def _fix_co_filename(code, path, /):
    """Code knows its file from the start."""


def source_hash(key, source):
    """Eight bytes that tell sources apart."""
    return _core.source_hash(key, source)
