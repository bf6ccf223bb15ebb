from _star import *
print(shown, sorted(n for n in dir() if not n.startswith("__")))
from _helper import *
print("double" in dir(), "_hidden" in dir())
