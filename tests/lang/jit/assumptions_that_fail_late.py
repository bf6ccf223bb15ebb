limit = 3
def scale(x):
    return x * limit
def calls(n):
    s = 0
    for i in range(n):
        s += scale(i)
    return s
print(calls(50))
limit = 5
print(calls(50))
def scale(x):
    return "other"
try:
    calls(2)
except TypeError as e:
    print(e)
scale = len
try:
    calls(2)
except TypeError as e:
    print(e)

class Point:
    def __init__(self, x):
        self.x = x
    def norm(self):
        return self.x * 2
def norms(points):
    s = 0
    for p in points:
        s += p.norm()
    return s
points = [Point(i) for i in range(20)]
print(norms(points))
Point.norm = lambda self: self.x * 3
print(norms(points))
points[7].norm = lambda: 1000
print(norms(points))
class Sub(Point):
    @property
    def x(self):
        return 1
    @x.setter
    def x(self, v):
        pass
print(norms(points[:3] + [Sub(4)]))
def bump(p):
    p.x += 1
    p.y = p.x
    return p.y
print([bump(p) for p in points[:4]], bump(points[0]))
del points[0].x
try:
    bump(points[0])
except AttributeError as e:
    print(e)
