# A package that is part of Lisle may be there before importlib is: it gets a spec of importlib's like others.
# expect: lisle built-in
# expect: lisle.image built-in
# expect: True
import lisle.image
import inspect
import importlib

print(lisle.__spec__.name, lisle.__spec__.origin)
print(lisle.image.__spec__.name, lisle.image.__spec__.origin)
print(importlib.import_module('lisle.image') is lisle.image and inspect.ismodule(lisle))
