def hello(self):
    return "hello " + self.name
C = type("C", (object,), {"hello": hello, "name": "dyn", "__doc__": "made"})
print(C().hello(), C.__name__, C.__doc__, type(C).__name__, C.__mro__[-1].__name__)
D = type("D", (C,), dict(name="sub"))
print(D().hello(), D.__bases__[0] is C)
for bad in (lambda: type(), lambda: type("X", 5, {}), lambda: type("X", (5,), {}), lambda: type("X", (bool,), {})):
    try:
        bad()
    except TypeError as error:
        print(error)
