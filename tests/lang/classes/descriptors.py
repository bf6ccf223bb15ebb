class Data:
    def __set_name__(self, owner, name):
        self.name = name
        print("set_name", owner.__name__, name)
    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, "default")
    def __set__(self, obj, value):
        obj.__dict__[self.name] = value * 2
    def __delete__(self, obj):
        print("delete")
class NonData:
    def __get__(self, obj, cls=None):
        return "non-data " + ("class" if obj is None else "instance")
class C:
    a = Data()
    b = NonData()
c = C()
print(c.a, c.b, C.b)
c.a = 4
c.b = "shadow"
print(c.a, c.b, c.__dict__)
c.__dict__["a"] = "direct"
print(c.a, isinstance(C.a, Data))
del c.a
