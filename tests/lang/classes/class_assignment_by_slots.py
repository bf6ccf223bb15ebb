# Classes whose __slots__ have the same names lay their instances out alike.
class G:
    __slots__ = ['a', 'b']


class H:
    __slots__ = ['b', 'a']


class J:
    __slots__ = ['c', 'b']


class K(G):
    __slots__ = ['c']


class L(H):
    __slots__ = ['c']


class M(J):
    __slots__ = ['a']


def change(value, cls):
    try:
        value.__class__ = cls
    except TypeError as error:
        print(error)
    else:
        print(type(value).__name__, value.a)


for first in (G, K):
    for cls in (G, H, J, K, L, M):
        value = first()
        value.a = 1
        change(value, cls)
