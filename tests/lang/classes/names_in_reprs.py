# Weak references and aliases show what they name.
import re
import weakref


class C:
    pass


class Named:
    __name__ = "a name"


def f(): pass


def shown(v):
    return re.sub(r"0x[0-9a-f]+", "0x", repr(v))


c, n = C(), Named()
for target in c, n, C, f, type, f.__code__:
    print(shown(weakref.ref(target)))
print(shown(weakref.proxy(c)), str(weakref.proxy(n))[:9], shown(weakref.proxy(f)))
print(list[len], list[f], tuple[f, ...], list[str.join], list[C], int | list[f], list[None])
