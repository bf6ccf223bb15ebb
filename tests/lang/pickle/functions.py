# Functions that have no name to be found by travel by value, with closures, defaults and attributes.
# expect: 25 36
# expect: [1, 2] [1, 2, 3]
# expect: 7 (1, 2) {'k': 3} note doc {'a': <class 'int'>}
# expect: 120
# expect: True True
# expect: 11 12 10
# expect: True
# expect: 6
# expect: NameError cannot access free variable 'later' where it is not associated with a value in enclosing scope
# expect: __main__ outer.<locals>.inner
import pickle


def copy(obj):
    return pickle.loads(pickle.dumps(obj))


square = copy(lambda x: x * x)
print(square(5), copy(square)(6))


def collector():
    items = []

    def add(x):
        items.append(x)
        return items

    def get():
        return list(items)
    return add, get


add, get = collector()
add(1)
add2, get2 = copy((add, get))
add2(2)
add2(3)
print(get() + [2], get2())


def outer():
    def inner(a: int, b=2, *, k=3):
        'doc'
        return a + b + k
    inner.note = 'note'
    return inner


inner = copy(outer())
print(inner(2), (1,) + inner.__defaults__, inner.__kwdefaults__, inner.note, inner.__doc__, inner.__annotations__)


def recursive():
    def factorial(n):
        return 1 if n < 2 else n * factorial(n - 1)
    return factorial


print(copy(recursive())(5))
code = outer.__code__
print(copy(code).co_name == 'outer', eval(copy(compile('1 < 2', 'x', 'eval'))))


def counter():
    n = 10

    def up():
        nonlocal n
        n += 1
        return n
    return up, lambda: n


up, now = counter()
up2, now2 = copy((up, now))
print(up2(), up2(), now())
cell = up.__closure__[0]
both = copy([cell, cell])
print(both[0] is both[1] and both[0].cell_contents == 10)


class Local:
    pass


def method_maker():
    def method(self, x):
        return self.base + x
    return method


import types
obj = Local()
obj.base = 1
print(copy(types.MethodType(method_maker(), obj))(5))


def unset():
    def f():
        return later
    g = copy(f)
    later = 1
    return g


try:
    unset()()
except NameError as e:
    print(type(e).__name__, e)
print(inner.__module__, inner.__qualname__)
