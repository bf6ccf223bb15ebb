# Attributes that have no room in the object itself, read and written by code that is hot.
class Many:
    def __init__(self):
        for name in "abcdefghijklmnopqrstuvwxyz":
            setattr(self, name, 1)

    def run(self, n):
        for _ in range(n):
            self.y = self.z + self.y
            self.z = self.y - self.a
        return self.y % 1000003, self.z % 1000003


for _ in range(30):
    o = Many()
    r = o.run(200)
print(r)
o.y = "text"
try:
    o.run(3)
except TypeError as e:
    print(e)
o.y = 1
del o.z
try:
    o.run(3)
except AttributeError as e:
    print(e)
o.z = 2
print(o.run(3))
o.z = Many()
del o
print(Many().run(5))
