# sys.meta_path and sys.path_hooks are asked once the program changes them.
import os
import sys
import tempfile
import zipfile


class Finder:
    def find_spec(self, name, path, target=None):
        if name.startswith('zork'):
            from importlib.util import spec_from_loader
            return spec_from_loader(name, self, is_package=name == 'zork')

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        if module.__name__ == 'zork.bad':
            raise ValueError('bad')
        module.answer = 42


sys.meta_path.insert(0, Finder())
import zork.inner
print(zork.answer, zork.inner.answer, zork.__path__)
try:
    import zork.bad
except ValueError as e:
    print(e, 'zork.bad' in sys.modules)
import textwrap
print(textwrap.__spec__.name, type(textwrap.__loader__).__name__)
try:
    import nothing_of_that_name
except ModuleNotFoundError as e:
    print(e, e.name)
del sys.meta_path[0]
import colorsys
print(type(colorsys.__loader__).__name__)

with tempfile.TemporaryDirectory() as folder:
    archive = os.path.join(folder, 'lib.zip')
    with zipfile.ZipFile(archive, 'w') as z:
        z.writestr('packed.py', 'value = "from the archive"')
        z.writestr('pack/__init__.py', 'from . import part')
        z.writestr('pack/part.py', 'here = __file__')
    sys.path.insert(0, archive)
    import packed
    import pack
    print(packed.value, pack.part.here.replace(folder, ''), type(packed.__loader__).__name__)
    sys.path.remove(archive)


def hook(path):
    if path != 'nowhere':
        raise ImportError
    return Finder()


sys.path_hooks.insert(0, hook)
sys.path.insert(0, 'nowhere')
import zorkmid
print(zorkmid.answer)
