# __new__ of a builtin class makes instances of that class and of its subclasses only.
def attempt(f, *args):
    try:
        print(f(*args))
    except TypeError as e:
        print(e)


class MyInt(int):
    pass


class Mixed(dict, metaclass=type):
    pass


attempt(property.__new__)
attempt(property.__new__, object)
attempt(property.__new__, 5)
attempt(set.__new__, (1, 2))
attempt(int.__new__, bool)
attempt(int.__new__, MyInt, 7)
attempt(object.__new__, int)
attempt(object.__new__, MyInt)
attempt(dict.__new__, Mixed)
attempt(type.__new__, 3, 'x', (), {})
attempt(list.__new__, dict)
attempt(tuple.__new__, MyInt)
attempt(lambda: Exception.__new__(ValueError, 3).args)
attempt(str.__new__, str, 4)
attempt(slice.__new__, slice, 1)
attempt(memoryview.__new__, bytes, b'')
attempt(float.__new__, complex)
