"""Base classes of loaders and finders, for programs that derive from them."""
import abc


class Finder(metaclass=abc.ABCMeta):
    """Finds modules."""


class MetaPathFinder(metaclass=abc.ABCMeta):
    def invalidate_caches(self):
        """Nothing is cached."""


class PathEntryFinder(MetaPathFinder):
    """Finds modules in one place."""


class Loader(metaclass=abc.ABCMeta):
    def create_module(self, spec):
        return None


class ResourceLoader(Loader):
    @abc.abstractmethod
    def get_data(self, path):
        raise OSError


class InspectLoader(Loader):
    def is_package(self, fullname):
        raise ImportError

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError


class ExecutionLoader(InspectLoader):
    @abc.abstractmethod
    def get_filename(self, fullname):
        raise ImportError


class SourceLoader(ResourceLoader, ExecutionLoader):
    """Loads source."""
