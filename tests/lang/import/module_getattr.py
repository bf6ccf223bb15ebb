import _dynamic
print(_dynamic.anything, _dynamic.real)
from _dynamic import computed
print(computed)
try:
    _dynamic.forbidden
except AttributeError as e:
    print(e)
