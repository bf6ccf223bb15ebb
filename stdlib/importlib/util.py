"""Finding modules without importing them, and making modules from files."""
import sys as _sys
from importlib import _absolute
from importlib.machinery import BuiltinImporter, ModuleSpec, SourceFileLoader

MAGIC_NUMBER = b'\xa7\r\r\n'


def resolve_name(name, package):
    """The absolute name that a relative one stands for."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {repr(name)} (required for relative module names)')
    return _absolute(name, package)


def _exists(path):
    try:
        with open(path, 'rb'):
            return True
    except OSError:
        return False


def _find_in(fullname, tail, folders):
    for folder in folders:
        base = f'{folder or "."}/{tail}'
        if _exists(base + '/__init__.py'):
            path = base + '/__init__.py'
            spec = ModuleSpec(fullname, SourceFileLoader(fullname, path), origin=path, is_package=True)
            spec.submodule_search_locations.append(base)
            return spec
        if _exists(base + '.py'):
            return ModuleSpec(fullname, SourceFileLoader(fullname, base + '.py'), origin=base + '.py')
    return None


def find_spec(name, package=None):
    """The spec of a module, or None when there is no such module."""
    fullname = resolve_name(name, package)
    if fullname in _sys.modules:
        module = _sys.modules[fullname]
        if module is None:
            return None
        spec = getattr(module, '__spec__', None)
        if spec is None:
            raise ValueError(f'{name}.__spec__ is None')
        return spec
    parent, _, tail = fullname.rpartition('.')
    if parent:
        __import__(parent)
        folders = getattr(_sys.modules[parent], '__path__', None)
        if folders is None:
            raise ModuleNotFoundError(f'__path__ attribute not found on {parent!r} while trying to find {fullname!r}',
                                      name=fullname)
    elif fullname in _sys.builtin_module_names:
        return ModuleSpec(fullname, BuiltinImporter, origin='built-in')
    else:
        folders = _sys.path
    return _find_in(fullname, tail, folders)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    """The spec of a module in a file."""
    location = str(location)
    spec = ModuleSpec(name, loader or SourceFileLoader(name, location), origin=location)
    if submodule_search_locations is not None:
        spec.submodule_search_locations = submodule_search_locations
    elif location.endswith('/__init__.py'):
        spec.submodule_search_locations = [location.rpartition('/')[0]]
    return spec


def module_from_spec(spec):
    """A new module with the attributes that importing sets; not run yet."""
    module = spec.loader.create_module(spec) if hasattr(spec.loader, 'create_module') else None
    if module is None:
        module = type(_sys)(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module


def cache_from_source(path, debug_override=None, *, optimization=None):
    folder, _, name = path.rpartition('/')
    base = name.removesuffix('.py')
    return f'{folder}{"/" if folder else ""}__pycache__/{base}.{_sys.implementation.cache_tag}.pyc'


def source_hash(source_bytes):
    return hash(source_bytes).to_bytes(8, 'little', signed=True)
