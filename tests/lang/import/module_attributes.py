import _helper
print(_helper.__name__, _helper.__file__.endswith("_helper.py"), _helper.__doc__, type(_helper).__name__, _helper.__package__ == "")
try:
    _helper.missing
except AttributeError as e:
    print(e)
_helper.fresh = 1
del _helper.fresh
print(hasattr(_helper, "fresh"), repr(_helper).startswith("<module '_helper' from "))
