# Frame objects: one for each activation, with its variables, also when it is over.
import sys


def inner(a):
    b = a + 1
    if a > 5:
        never = 1
    return sys._getframe()


def shared():
    x = 1

    def closure():
        return x

    frame = sys._getframe()
    return frame, closure


frame = inner(1)
print(frame.f_locals, frame.f_code.co_name, frame.f_back is sys._getframe(), frame.f_lineno - inner.__code__.co_firstlineno)
again = inner(2)
print(frame.f_locals, again.f_locals, frame is again)
print(sorted(shared()[0].f_locals))


def same():
    return sys._getframe() is sys._getframe(), sys._getframe().f_locals is locals()


print(same())


def fails(depth):
    where = "at %d" % depth
    if depth:
        fails(depth - 1)
    raise ValueError(where)


try:
    fails(2)
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_frame.f_locals if tb.tb_frame.f_back else "module")
        tb = tb.tb_next


def caught():
    value = 1
    try:
        raise KeyError
    except KeyError as e:
        kept = e
    value = 2
    return kept


tb = caught().__traceback__
print(tb.tb_frame.f_locals["value"], tb.tb_lineno - caught.__code__.co_firstlineno)


def generator():
    x = 1
    yield sys._getframe()
    x = 2
    yield


g = generator()
frame = g.gi_frame
print(frame.f_locals, frame is next(g), frame.f_locals["x"], frame.f_back)
next(g)
print(frame.f_locals["x"], list(g), g.gi_frame, frame.f_locals)

frame = inner(3)
frame.clear()
print(frame.f_locals)
try:
    sys._getframe().clear()
except RuntimeError as e:
    print(e)
for name in "f_trace_lines", "f_lineno":
    try:
        setattr(sys._getframe(), name, 5)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
