class Point:
    """A point."""
    origin = "shared"
    def __init__(self, x, y=0):
        self.x = x
        self.y = y
    def norm(self):
        return self.x ** 2 + self.y ** 2
    def __repr__(self):
        return f"Point({self.x}, {self.y})"
p = Point(3, 4)
print(p, p.norm(), Point.norm(p), Point.origin, p.origin, p.__dict__, Point.__name__, Point.__doc__, Point.__module__)
p.origin = "own"
print(p.origin, Point.origin, p.__class__ is Point, type(p) is Point, isinstance(p, Point), Point.__qualname__, Point.__bases__)
m = p.norm
print(m(), m.__self__ is p, m.__func__ is Point.norm, m == p.norm)
for bad in (lambda: p.missing, lambda: Point.missing, lambda: Point(), lambda: Point(1, 2, 3)):
    try:
        bad()
    except (AttributeError, TypeError) as error:
        print(error)
