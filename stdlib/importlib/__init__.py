"""Importing from programs: import_module(), reload(). The import system itself is native."""
import sys as _sys

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']
__import__ = __import__


def invalidate_caches():
    """Nothing is cached between imports but sys.modules."""


def _absolute(name, package):
    level = len(name) - len(name.lstrip('.'))
    if not level:
        return name
    if not package:
        raise TypeError("the 'package' argument is required to perform a relative import for " + repr(name))
    if not isinstance(package, str):
        raise TypeError('__package__ not set to a string')
    parts = package.split('.')
    if level > len(parts):
        raise ImportError('attempted relative import beyond top-level package')
    base = '.'.join(parts[:len(parts) - level + 1])
    return f'{base}.{name[level:]}' if name[level:] else base


def import_module(name, package=None):
    """Import a module; a name with leading dots is relative to `package`."""
    name = _absolute(name, package)
    if not name:
        raise ValueError('Empty module name')
    __import__(name)
    return _sys.modules[name]


def reload(module):
    """Run the source of a module again in its namespace."""
    name = getattr(getattr(module, '__spec__', None), 'name', None) or module.__name__
    if _sys.modules.get(name) is not module:
        raise ImportError(f'module {name} not in sys.modules', name=name)
    path = getattr(module, '__file__', None)
    if path is None:
        return module
    with open(path, 'rb') as file:
        code = compile(file.read(), path, 'exec')
    exec(code, module.__dict__)
    return _sys.modules[name]


def find_loader(name, path=None):
    from importlib.util import find_spec
    spec = find_spec(name)
    return None if spec is None else spec.loader
