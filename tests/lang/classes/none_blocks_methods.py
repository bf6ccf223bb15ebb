# A special method that is None is found, and calling it fails: so a class blocks an operation.
class Blocked:
    __bool__ = None
    __eq__ = None
    __add__ = None
    __radd__ = None


class Wide:
    def __eq__(self, other):
        return True

    def __add__(self, other):
        return NotImplemented

    def __iadd__(self, other):
        return 'added in place'


class Narrow(Wide):
    __eq__ = None
    __iadd__ = None


def attempt(call):
    try:
        print(call())
    except TypeError as error:
        print(error)


def in_place(value):
    value += 1
    return value


attempt(lambda: bool(Blocked()))
attempt(lambda: Blocked() == 1)
attempt(lambda: Wide() == Narrow())
attempt(lambda: Wide() == Blocked())
attempt(lambda: Blocked() + 1)
attempt(lambda: Wide() + Blocked())
attempt(lambda: in_place(Wide()))
attempt(lambda: in_place(Narrow()))
