# Giving a class other bases asks the mro() of its metaclass, for the class and for all below it.
class Meta(type):
    fails = False
    calls = []

    def mro(cls):
        Meta.calls.append(cls.__name__)
        if Meta.fails and cls.__name__ == Meta.fails:
            raise ValueError(cls.__name__)
        return [cls, Extra] + type.mro(cls)[1:]


class Extra:
    where = 'extra'


class Base(metaclass=Meta):
    pass


class Other(metaclass=Meta):
    where = 'other'


class Below(Base):
    pass


class Deep(Below):
    pass


def orders():
    return [[c.__name__ for c in cls.__mro__] for cls in (Below, Deep)]


print(Meta.calls, orders())
Meta.calls.clear()
Below.__bases__ = Other,
print(Meta.calls, orders(), Deep.where)
print([c.__name__ for c in Base.__subclasses__()], [c.__name__ for c in Other.__subclasses__()])
for name in 'Deep', 'Below':
    Meta.fails = name
    try:
        Below.__bases__ = Base,
    except ValueError as error:
        print('failed', error, orders(), Below.__bases__ == (Other,))
Meta.fails = False
print([c.__name__ for c in Base.__subclasses__()], [c.__name__ for c in Other.__subclasses__()])


class Odd(type):
    answer = None

    def mro(cls):
        return Odd.answer or type.mro(cls)


class A(metaclass=Odd):
    pass


class B(metaclass=Odd):
    pass


class C(A):
    pass


for answer in 5, [1], [], [int]:
    Odd.answer = answer
    try:
        C.__bases__ = B,
        print(C.__mro__)
    except TypeError as error:
        print(error, C.__bases__)
Odd.answer = None


class Changes(type):
    busy = False

    def mro(cls):
        if Changes.busy:
            Changes.busy = False
            cls.__bases__ = Second,
        return type.mro(cls)


class First(metaclass=Changes):
    pass


class Second(metaclass=Changes):
    pass


class Third(metaclass=Changes):
    pass


class Last(First):
    pass


Changes.busy = True
Last.__bases__ = Third,
print(Last.__bases__, [c.__name__ for c in Last.__mro__])
