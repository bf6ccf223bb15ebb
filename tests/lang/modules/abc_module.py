from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def show(self):
        return f"{self.name}: {self.area()}"
class Square(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    @property
    def name(self): return "square"
print(Square(3).show(), isinstance(Square(1), Shape))
try:
    Shape()
except TypeError as e:
    print(e)
class Other: pass
Shape.register(Other)
print(isinstance(Other(), Shape), issubclass(Other, Shape))
