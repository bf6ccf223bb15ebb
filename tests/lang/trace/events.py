# Call, line, exception and return events, in functions, loops and generators.
import sys

events = []


def tracer(frame, event, arg):
    if event == "exception":
        arg = arg[0].__name__
    events.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, event, arg))
    return tracer


def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total


def fails():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 1
    raise KeyError(x)


def counts():
    yield 1
    x = yield 2


def thrown():
    g = counts()
    next(g)
    g.throw(ValueError)


def show(function, *args):
    events.clear()
    sys.settrace(tracer)
    try:
        function(*args)
    except Exception:
        pass
    finally:
        sys.settrace(None)
    for event in events[:-1]:
        print(*event)
    print()


show(loop, 2)
show(fails)
show(list, counts())
show(lambda: list(counts()))
show(thrown)
