# super() takes an object for what it says in __class__; a cell given as self is no self.
class Proxy:
    def __init__(self, target):
        self.__target = target

    def __getattribute__(self, name):
        if name.startswith('_Proxy__'):
            return object.__getattribute__(self, name)
        return getattr(self.__target, name)


class B:
    def f(self):
        return 'B.f'


class C(B):
    def f(self):
        return super(C, self).f() + '->C.f'

    def g(self):
        return super()


print(C.__dict__['f'](Proxy(C())))
for wrong in (Proxy(B()), 5, object()):
    try:
        C.__dict__['f'](wrong)
    except TypeError as error:
        print(error)


def make():
    held = C()
    return lambda: held


try:
    C.g(make().__closure__[0])
except TypeError as error:
    print(error)


class Shared(B):
    def f(self):
        return (lambda: self)() is self and super().f()


print(Shared().f())
