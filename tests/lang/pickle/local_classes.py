# Classes of functions travel by value with their instances: methods, super(), slots, properties, bases.
# expect: 42 hello from Base True
# expect: 3 AttributeError
# expect: True 5 cls
# expect: Point(x=1, y=2) True
# expect: 9 True
# expect: [<Color.RED: 1>]
import pickle


def copy(obj):
    return pickle.loads(pickle.dumps(obj))


def make():
    class Base:
        def hello(self):
            return 'from Base'

    class Derived(Base):
        def __init__(self, x):
            self.x = x

        def hello(self):
            return 'hello ' + super().hello()

        @property
        def twice(self):
            return self.x * 2
    return Derived(21)


d = make()
e = copy(d)
print(e.twice, e.hello(), type(e) is not type(d) and type(e).__name__ == 'Derived')


def slotted():
    class S:
        __slots__ = ('a', 'b')
    s = S()
    s.a = 3
    return s


s = copy(slotted())
try:
    s.c = 1
except AttributeError as error:
    print(s.a, type(error).__name__)


def methods():
    class M:
        count = 5

        @staticmethod
        def st():
            return M.count

        @classmethod
        def cl(cls):
            return cls is M
    return M


M = copy(methods())
print(M.cl(), M.st(), 'cls')


def data():
    from dataclasses import dataclass

    @dataclass
    class Point:
        x: int
        y: int
    Point.__qualname__ = 'Point'
    return Point(1, 2)


p = data()
q = copy(p)
print(q, type(q)(1, 2) == q)


def same_twice():
    class C:
        pass
    return C(), C()


a, b = copy(same_twice())
a.x = 9
print(a.x, type(a) is type(b))


def colors():
    import enum

    class Color(enum.Enum):
        RED = 1
    return list(Color)


print(colors())
