# A metaclass may put the method resolution order in any order, but not everything into it.
class A:
    def f(self):
        return 'A'


class B(A):
    def f(self):
        return 'B'


class Reversed(type):
    def mro(cls):
        return super().mro()[::-1]


class X(B, metaclass=Reversed):
    pass


print([c.__name__ for c in X.__mro__], X().f())

for answer in ([1], [dict, object], 5):
    class Meta(type):
        def mro(cls):
            return [cls, *answer] if isinstance(answer, list) else answer

    try:
        class Y(metaclass=Meta):
            pass
    except TypeError as error:
        print(error)
