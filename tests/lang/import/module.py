import _helper
print(_helper.VALUE, _helper.__name__, _helper.double(4))
import _helper as h
print(h is _helper)
from _helper import VALUE, double as d
print(VALUE, d(5))
import sys
print(sys.modules["_helper"] is _helper)
_helper.VALUE = "patched"
from _helper import VALUE as again
print(again, VALUE)
try:
    from _helper import nothing
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0])
