# What natives say of calls with wrong arguments: operators' methods, functions of modules, None as a text.
import math
import operator


def show(f, *args, **names):
    try:
        print(f(*args, **names))
    except Exception as e:
        print(type(e).__name__, e)


for f in ((5).__abs__, (5).__add__, "a".__str__, [1].__len__, {}.__setitem__, (5).__pow__, (5).__lt__, [1].__iter__):
    show(f, 1, 2, 3, 4)
    show(f, bad=1)
for f in (math.sqrt, math.atan2, math.gcd, operator.neg, operator.add, abs, len, [].append, "".join):
    show(f, 1, 2, 3, bad=1)
show(math.sqrt)
show(math.sqrt, 1, 2)
show(operator.neg, 1, 2)
show("a".encode, None)
show("a".removeprefix, None)
show(format, 1, None)
show("a\nb".splitlines, 1)
show("a\nb".splitlines, True)
show("a\nb".splitlines, 1.5)
show("a\nb".splitlines, None)
show(b"a\nb".splitlines, "a")
show([].sort, 1, 2, 3)
show((5).to_bytes, 1, "big", True, 4)
show(staticmethod)
show(lambda: b"%%" % "a")
show(lambda: b"a" % "b")
