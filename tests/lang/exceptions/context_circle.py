# A chain of contexts that the program closed to a circle is no trap for the next raise.
a, b, c = KeyError("a"), KeyError("b"), KeyError("c")
a.__context__ = b
b.__context__ = a
c.__context__ = a
try:
    try:
        raise c
    except KeyError:
        raise ValueError("d")
except ValueError as e:
    d = e
print(repr(d.__context__), d.__context__ is c)
try:
    try:
        raise a
    except KeyError:
        raise IndexError("e")
except IndexError as e:
    print(repr(e.__context__))
