# Where the docstrings of properties and the attributes of method wrappers come from.
class Documented(property):
    'A class of properties.'


class Slotted(property):
    __slots__ = ()
    'Another one.'


class C:
    @Documented
    def spam(self):
        'spam of C'

    @spam.setter
    def spam(self, value):
        'ignored'

    @Documented
    def eggs(self):
        'old'

    @eggs.getter
    def eggs(self):
        'new'

    @staticmethod
    def static(x: int) -> str:
        'static of C'


class SetOnly:
    def __set__(self, instance, value):
        instance.__dict__['x'] = value * 2


class D:
    x = SetOnly()


print(C.spam.__doc__, C.eggs.__doc__)
print(sorted(C.__dict__['static'].__dict__), C.__dict__['static'].__annotations__)
print(classmethod(None).__dict__)
try:
    property().__set_name__(1)
except TypeError as error:
    print(error)
d = D()
print(type(d.x).__name__)
d.x = 4
print(d.x)


class Cell:
    __slots__ = ['__classcell__']

    def method(self):
        return __class__


print(Cell().method() is Cell, hasattr(Cell(), '__classcell__'))
