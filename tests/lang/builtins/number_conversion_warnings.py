# Answers that are subclasses of the builtin numbers are taken, with a warning.
import warnings


class Index:
    def __index__(self):
        return True


class Int:
    def __int__(self):
        return True


class Real(float):
    pass


class Float:
    def __float__(self):
        return Real(2.5)


class Trunc:
    def __trunc__(self):
        return 7


def show(call):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        result = call()
    print(result, type(result).__name__, [(w.category.__name__, str(w.message)) for w in caught])


show(lambda: [10, 20][Index()])
show(lambda: int(Int()))
show(lambda: float(Float()))
show(lambda: int(Trunc()))
show(lambda: range(Index()))
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        int(Int())
    except DeprecationWarning as warning:
        print('raised', warning)
