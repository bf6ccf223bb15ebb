class Base:
    def __add__(self, other):
        return "Base.__add__"
    def __radd__(self, other):
        return "Base.__radd__"
class Derived(Base):
    def __radd__(self, other):
        return "Derived.__radd__"
class Plain(Base):
    pass
print(Base() + Derived())
print(Base() + Plain())
print(Derived() + Base())
print(1 + Derived())
