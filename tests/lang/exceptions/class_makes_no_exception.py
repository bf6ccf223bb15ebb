# Raising a class calls it; what comes out has to be an exception.
class Odd(BaseException):
    def __new__(cls, *args):
        return 1


class Other(BaseException):
    def __new__(cls, *args):
        return ValueError(*args)


def attempt(action):
    try:
        action()
    except BaseException as e:
        print(type(e).__name__, e)


def raise_class(cls):
    raise cls


def raise_from(cls):
    raise KeyError(1) from cls


def generator():
    yield


attempt(lambda: raise_class(Odd))
attempt(lambda: raise_class(Other))
attempt(lambda: raise_from(Other))
attempt(lambda: generator().throw(Odd))
attempt(lambda: generator().throw(Other, 5))
