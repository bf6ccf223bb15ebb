# isinstance() where the class decides, where __class__ does, and where a hook does.
class A:
    pass


class B(A):
    pass


class Says:
    @property
    def __class__(self):
        return B


class Hook(type):
    def __instancecheck__(cls, obj):
        print("asked about", type(obj).__name__)
        return obj == 3


class Any(metaclass=Hook):
    pass


class Reads(A):
    def __getattribute__(self, name):
        print("reads", name)
        return int if name == "__class__" else object.__getattribute__(self, name)


for obj in (1, True, "s", None, A(), B(), Says(), A, type, 3, Any()):
    print([isinstance(obj, c) for c in (int, (str, int), A, B, (A, str), object, type, (Any, int), ((B,), list))])
print(isinstance(Reads(), A), isinstance(Reads(), str), isinstance(Reads(), int))
try:
    isinstance(1, (str, 5))
except TypeError as e:
    print(e)
print(isinstance(1, (int, 5)), isinstance(1, ()), isinstance([], list | int))
