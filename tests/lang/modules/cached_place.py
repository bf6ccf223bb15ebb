# Modules tell where importlib would keep their compiled form, whether anything is there or not.
import importlib.util
import os
import py_compile
import shutil
import sys
import tempfile

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
os.mkdir(folder + '/cached_pack')
for name in ('cached_one', 'cached_pack/__init__', 'cached_pack/inner'):
    with open(f'{folder}/{name}.py', 'w') as file:
        file.write('value = 7\n')
import cached_one
import cached_pack.inner

tag = sys.implementation.cache_tag
for module in (cached_one, cached_pack, cached_pack.inner):
    print(module.__cached__ == importlib.util.cache_from_source(module.__file__),
          module.__cached__ == module.__spec__.cached,
          module.__cached__.removeprefix(folder).replace(tag, 'TAG'))
print(sorted(n for n in vars(cached_one)))
print(__cached__)
place = py_compile.compile(folder + '/cached_one.py', doraise=True)
print(place == cached_one.__cached__, os.path.exists(place))
print(importlib.util.source_from_cache(place) == cached_one.__file__)
with open(place, 'rb') as file:
    print(file.read(4) == importlib.util.MAGIC_NUMBER)
loader = importlib.machinery.SourcelessFileLoader('cached_one', place)
print(loader.get_code('cached_one').co_names)
sys.pycache_prefix = '/elsewhere'
sys.modules.pop('cached_one')
import cached_one
print(cached_one.__cached__.replace(folder, 'FOLDER').replace(tag, 'TAG'))
sys.pycache_prefix = None
shutil.rmtree(folder)
