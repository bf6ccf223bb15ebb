"""CPython's importlib._bootstrap_external, and what connects importlib with the native import system.

The native system finds and loads modules as long as sys.meta_path and sys.path_hooks hold what they held at the
start; when the program puts finders of its own there, importlib is asked. Until this module is imported, classes
without methods stand in for importlib's finders in these lists.
"""
import sys as _sys

_sys._import_starts = True
try:
    import _frozen_importlib as _bootstrap_module
    import _imp
    import _import_core as _core

    exec(_core.code_of_file(f'{_sys.prefix}/lib/python3.11/importlib/_bootstrap_external.py'), globals())
    MAGIC_NUMBER = _core.bytecode_magic()
    _RAW_MAGIC_NUMBER = int.from_bytes(MAGIC_NUMBER, 'little')
    if not hasattr(_bootstrap_module, 'sys'):
        # Where a package is among the modules that are there already, it is asked for NamespaceLoader.
        _bootstrap_module._bootstrap_external = _sys.modules[__name__]
        _bootstrap_module._setup(_sys, _imp)
        _set_bootstrap_module(_bootstrap_module)
finally:
    _sys._import_starts = False


def _zip_hook(path):
    """Makes a zipimporter for the path of an archive, or of a folder in one."""
    if not isinstance(path, str) or _path_isdir(path):
        raise ImportError(f'not a zip file: {path!r}', path=path)
    from zipimport import zipimporter
    return zipimporter(path)


def _replace(listed, own, parts):
    """Put importlib's finders where their stand-ins are."""
    for index, finder in enumerate(listed):
        if finder in own:
            listed[index] = parts[own.index(finder)]
    return tuple(parts)


def _describe(name, module):
    """Give a module that was imported before importlib a spec of importlib's."""
    spec = getattr(module, '__spec__', None)
    if type(spec) is not _sys._module_spec:
        return
    if spec.origin is not None:
        loader = SourceFileLoader(spec.name, spec.origin)
    elif spec.submodule_search_locations:
        loader = NamespaceLoader(spec.name, spec.submodule_search_locations, PathFinder._get_spec)
    else:
        loader = _bootstrap_module.BuiltinImporter
    origin = 'built-in' if loader is _bootstrap_module.BuiltinImporter else spec.origin
    full = _bootstrap_module.ModuleSpec(spec.name, loader, origin=origin)
    full.submodule_search_locations = spec.submodule_search_locations
    full.has_location = spec.has_location
    full._initializing = spec._initializing
    module.__spec__ = full
    module.__loader__ = loader


def _connect():
    finders = [_bootstrap_module.BuiltinImporter, _bootstrap_module.FrozenImporter, PathFinder]
    hooks = [_zip_hook, FileFinder.path_hook(*_get_supported_file_loaders())]
    _sys._native_finders = _replace(_sys.meta_path, _sys._native_finders, finders)
    _sys._native_hooks = _replace(_sys.path_hooks, _sys._native_hooks, hooks)

    def find_and_load(name):
        return _bootstrap_module._find_and_load(name, _bootstrap_module._gcd_import)

    _sys._import_machinery = (_bootstrap_module.ModuleSpec, SourceFileLoader, _bootstrap_module.BuiltinImporter,
                              find_and_load)
    for name, module in list(_sys.modules.items()):
        _describe(name, module)


_connect()
