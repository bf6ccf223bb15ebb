print("b starts")
from . import a
print("a is partial:", hasattr(a, "value"))
value = "b value"
def from_a():
    return a.value
