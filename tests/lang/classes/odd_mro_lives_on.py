# A class whose metaclass put its bases before it, used for so long that the program is saved meanwhile.
class A:
    def f(self):
        return 'A'

    def __len__(self):
        return 1


class B(A):
    def f(self):
        return 'B'

    def __len__(self):
        return 2


class Reversed(type):
    def mro(cls):
        return super().mro()[::-1]


class Without(type):
    def mro(cls):
        return [B, A, object]


class X(B, metaclass=Reversed):
    def __len__(self):
        return 3


try:
    class Y(B, metaclass=Without):
        pass
except TypeError as e:
    print(e)


total = 0
for _ in range(400):
    total += len(X())
print([c.__name__ for c in X.__mro__], X().f(), total)
