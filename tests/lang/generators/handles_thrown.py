# A generator that handles the very exception its resumer handles keeps it as its own.
import sys


def store():
    try:
        yield
    except Exception as exc:
        print(sys.exc_info()[0], exc.__context__)
        yield
        print(sys.exc_info()[0])
        yield
        raise


g = store()
next(g)
try:
    raise ValueError("once")
except Exception as exc:
    g.throw(exc)
    print(sys.exc_info()[0])
next(g)
try:
    next(g)
except ValueError as e:
    print(e, e.__context__)
print(sys.exc_info())
