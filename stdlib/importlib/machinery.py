"""Descriptions of modules: specs and the loader of source files."""
import sys as _sys

SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = []
DEBUG_BYTECODE_SUFFIXES = []
OPTIMIZED_BYTECODE_SUFFIXES = []
EXTENSION_SUFFIXES = []


def all_suffixes():
    return list(SOURCE_SUFFIXES)


class ModuleSpec:
    """What is known of a module before it is loaded."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self.cached = None
        self.has_location = origin is not None

    @property
    def parent(self):
        if self.submodule_search_locations is None:
            return self.name.rpartition('.')[0]
        return self.name

    def __repr__(self):
        text = f'name={self.name!r}, loader={self.loader!r}'
        if self.origin is not None:
            text += f', origin={self.origin!r}'
        if self.submodule_search_locations is not None:
            text += f', submodule_search_locations={self.submodule_search_locations}'
        return f'ModuleSpec({text})'


class SourceFileLoader:
    """Loads a module from the text of a file."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def get_filename(self, name=None):
        return self.path

    def get_data(self, path):
        with open(path, 'rb') as file:
            return file.read()

    def get_source(self, fullname=None):
        with open(self.path, encoding='utf-8') as file:
            return file.read()

    def get_code(self, fullname=None):
        return compile(self.get_data(self.path), self.path, 'exec')

    def is_package(self, fullname=None):
        return self.path.endswith('/__init__.py')

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        exec(self.get_code(), module.__dict__)

    def load_module(self, fullname=None):
        from importlib.util import module_from_spec, spec_from_file_location
        module = module_from_spec(spec_from_file_location(self.name, self.path, loader=self))
        _sys.modules[self.name] = module
        self.exec_module(module)
        return module


class SourcelessFileLoader(SourceFileLoader):
    """Compiled files are not loaded; the class exists to be asked for."""


class ExtensionFileLoader(SourceFileLoader):
    """Extension modules are not loaded; the class exists to be asked for."""


class BuiltinImporter:
    """The loader of modules that are part of the machine."""

    @classmethod
    def is_package(cls, fullname):
        return False


class FrozenImporter(BuiltinImporter):
    """The loader of modules that travel inside the executable."""


class NamespaceLoader:
    def __init__(self, name=None, path=None, path_finder=None):
        self._path = path


class PathFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        from importlib.util import _find_in
        return _find_in(fullname, fullname.rpartition('.')[2], _sys.path if path is None else path)

    @classmethod
    def invalidate_caches(cls):
        """Nothing is cached."""


class FileFinder:
    def __init__(self, path, *loader_details):
        self.path = path or '.'

    def find_spec(self, fullname, target=None):
        from importlib.util import _find_in
        return _find_in(fullname, fullname.rpartition('.')[2], [self.path])
