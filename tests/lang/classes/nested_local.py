class Outer:
    class Inner:
        def hi(self):
            return type(self).__qualname__
    def make(self):
        class Local:
            pass
        return Local
print(Outer.Inner().hi(), Outer().make().__qualname__, Outer.Inner.__name__)
def factory(n):
    class K:
        value = n
        def get(self):
            return n, __class__.__name__
    return K
print(factory(1)().get(), factory(2).value, factory(1) is factory(1))
