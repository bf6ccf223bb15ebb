# What hot code finds on classes and on objects of several shapes, while both change under it.
import enum
import gc
import math


class Side(enum.Enum):
    LEFT = 1
    RIGHT = 2


class Shape:
    count = 0
    scale = 2

    def __init__(self, size):
        self.size = size
        Shape.count += 1

    @staticmethod
    def twice(x):
        return x * 2

    @classmethod
    def name(cls, extra=''):
        return cls.__name__ + extra

    def area(self):
        return self.size * self.scale

    def grow(self, by):
        self.size = self.size + by
        return self


class Square(Shape):
    def area(self):
        return self.size ** 2


class Ring(Shape):
    def __init__(self, size):
        self.hole = 1
        super().__init__(size)

    def area(self):
        return self.size - self.hole


class Named(Shape):
    __slots__ = ()

    def area(self):
        raise ValueError(self.size)


class Filled:
    def __init__(self, size):
        self.a = self.b = 0
        self.size = size
        self.scale = 3

    area = Shape.area
    grow = Shape.grow


def side(i):
    return Side.LEFT if i % 2 else Side.RIGHT


def measure(shapes, rounds):
    total = failed = 0
    for n in range(rounds):
        for s in shapes:
            try:
                total += s.grow(1).area() + s.size
            except ValueError as e:
                failed += e.args[0] > 0
            if side(n) is Side.LEFT:
                total += Shape.twice(n) + s.twice(1) if isinstance(s, Shape) else Side.RIGHT.value
    return total, failed


def statics(rounds):
    out = 0
    for n in range(rounds):
        out += Shape.twice(n) + math.floor(2.5) + len(Shape.name()) + len(Square.name('?')) + Shape.scale
    return out


shapes = [Shape(1), Square(2), Ring(3), Filled(4)]
print(measure(shapes, 2000), statics(3000))
print(measure(shapes + [Named(5)], 1500))
Shape.twice = lambda self_or_x, x=None: 100
Shape.scale = 5
print(statics(3000))
Shape.twice = staticmethod(lambda x: -x)
print(measure(shapes, 1000), statics(3000))
shapes[0].area = lambda: 7
shapes[1].__class__ = Ring
shapes[1].hole = 0
print(measure(shapes, 1500))
del Filled.area
try:
    measure(shapes, 1000)
except AttributeError as e:
    print(e)
Shape.name = classmethod(lambda cls, extra='': 'other')
print(statics(2000), Shape.count)


def factory(n):
    class Local:
        base = n

        @staticmethod
        def make(x):
            return Local.base + x

        def get(self):
            return self.base

    return Local


def use(cls, k):
    return cls.make(k) + cls().get() + cls.base


total = 0
for n in range(3000):
    cls = factory(n)
    total += use(cls, 1)
    if n % 500 == 0:
        cls = None
        gc.collect()
print(total)


class Meta(type):
    @property
    def shown(cls):
        return cls.hidden

    def called(cls, x):
        return cls.hidden + x


class WithMeta(metaclass=Meta):
    hidden = 3


def through_meta(rounds):
    total = 0
    for n in range(rounds):
        total += WithMeta.shown + WithMeta.called(n) + WithMeta.hidden
    return total


print(through_meta(2000))
WithMeta.hidden = 4
print(through_meta(2000))
Meta.hidden = property(lambda cls: 10)
print(through_meta(2000))
