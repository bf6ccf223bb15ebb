class M(type):
    def __instancecheck__(cls, obj):
        return obj == 5
    def __subclasscheck__(cls, sub):
        return sub is int
class K(metaclass=M): pass
print(isinstance(5, K), isinstance(6, K), issubclass(int, K), issubclass(str, K), isinstance(K(), K))
print(isinstance(1, (str, (float, int))), isinstance(True, int), issubclass(bool, int), isinstance(1, int | str))
for f in (lambda: isinstance(1, 5), lambda: issubclass(1, int)):
    try:
        f()
    except TypeError as error:
        print(error)
