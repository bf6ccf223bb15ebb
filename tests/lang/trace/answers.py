# What a trace function answers is told of the frame from then on; who raises is not asked again.
import sys


def f():
    a = 1
    b = 2
    return a + b


def none(frame, event, arg):
    print(event, frame.f_lineno - frame.f_code.co_firstlineno)


def local(frame, event, arg):
    print("local", event, frame.f_lineno - frame.f_code.co_firstlineno)


def gives_local(frame, event, arg):
    print(event, frame.f_lineno - frame.f_code.co_firstlineno)
    return local


def no_lines(frame, event, arg):
    print(event, frame.f_lineno - frame.f_code.co_firstlineno)
    frame.f_trace_lines = False
    return no_lines


def raises(frame, event, arg):
    if event == "line":
        raise ValueError("told")
    return raises


for tracer in none, gives_local, no_lines:
    sys.settrace(tracer)
    f()
    sys.settrace(None)
    print()

sys.settrace(raises)
try:
    f()
except ValueError as e:
    print(e, sys.gettrace(), e.__traceback__.tb_next.tb_lineno - f.__code__.co_firstlineno)


def changes(frame, event, arg):
    if event == "line" and "a" in frame.f_locals:
        frame.f_locals["a"] = 10
    return changes


sys.settrace(changes)
print(f())
sys.settrace(None)


def late():
    def outer():
        sys._getframe(1).f_trace = none
        sys.settrace(none)

    outer()
    x = 1
    sys.settrace(None)


late()
