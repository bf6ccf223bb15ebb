import importlib
import importlib.machinery
import importlib.util
import json
import json.decoder
import pkgutil
import runpy
import sys

print(importlib.util.find_spec('json').name, importlib.util.find_spec('no_such'), importlib.util.find_spec('sys').origin)
print(importlib.import_module('.tool', 'json').__name__, importlib.reload(json) is json)
print(sorted(m.name for m in pkgutil.iter_modules(json.__path__)))
print(runpy.run_module('colorsys')['ONE_THIRD'])
print(json.__spec__.name, json.__spec__.parent, json.decoder.__spec__.parent, json.__spec__.has_location)
print(type(json.__loader__) is importlib.machinery.SourceFileLoader, json.__loader__.is_package('json'))
print(len(json.__loader__.get_source('json')) > 1000, json.__loader__.get_code('json').co_name)
print([f.__name__ for f in sys.meta_path[-3:]])
spec = importlib.machinery.ModuleSpec('virtual', None)
module = type(sys)('virtual')
print(module, spec.name, spec.loader, spec.origin)
lazy = importlib.util.LazyLoader.factory(importlib.machinery.SourceFileLoader)
print(callable(lazy))
import importlib.resources
print(importlib.resources.files('json').joinpath('tool.py').is_file(), importlib.resources.is_resource('json', 'tool.py'))
print(pkgutil.get_data('json', 'tool.py')[:3], pkgutil.resolve_name('json:dumps').__name__)
