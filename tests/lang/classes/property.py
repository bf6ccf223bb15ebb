class T:
    def __init__(self):
        self._c = 0
    @property
    def c(self):
        "the doc"
        return self._c
    @c.setter
    def c(self, v):
        if v < 0:
            raise ValueError("negative")
        self._c = v
    @c.deleter
    def c(self):
        print("deleted")
    @property
    def ro(self):
        return 1
t = T()
t.c = 5
t.c += 1
print(t.c, T.c.__doc__, t.__dict__)
del t.c
for f in (lambda: setattr(t, "c", -1), lambda: setattr(t, "ro", 2), lambda: delattr(t, "ro")):
    try:
        f()
    except (ValueError, AttributeError) as error:
        print(error)
w = property(lambda self: "anonymous")
class U:
    x = w
print(U().x)
