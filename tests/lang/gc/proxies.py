# Weak proxies stand for their object in every operation.
import gc
import operator
import weakref


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return self.value + other

    __radd__ = __add__

    def __iadd__(self, other):
        self.value += other
        return self

    def __matmul__(self, other):
        return ('matmul', other)

    def __neg__(self):
        return -self.value

    def __index__(self):
        return self.value

    def __bytes__(self):
        return b'bytes'

    def __reversed__(self):
        return iter('cba')

    def __lt__(self, other):
        return self.value < 10


number = Number(5)
proxy = weakref.proxy(number)
print(proxy + 1, 1 + proxy, proxy @ 2, -proxy, operator.index(proxy), bytes(proxy), ''.join(reversed(proxy)))
print(proxy < 3, proxy is weakref.proxy(number), weakref.getweakrefcount(number))
changed = proxy
changed += 3
print(number.value, changed is number)
items = [1, 2, 3]


class Items(list):
    pass


items = Items(items)
view = weakref.proxy(items)
del view[0]
print(items, view == [2, 3], view + [4], 2 in view)
iterator = (n for n in range(3))
print(next(weakref.proxy(iterator)), list(iterator))
try:
    next(weakref.proxy(items))
except TypeError as error:
    print(error)
del number, changed
gc.collect()
try:
    proxy + 1
except ReferenceError as error:
    print(error)
for arguments in (), (1, 2, 3):
    try:
        weakref.ref(items).__init__(*arguments)
    except TypeError as error:
        print(error)
try:
    weakref.ref(items, callback=None)
except TypeError as error:
    print(error)
