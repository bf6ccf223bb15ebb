# A profile function is told of calls and returns, those of builtins included.
import sys

events = []


def profiler(frame, event, arg):
    events.append((event, frame.f_code.co_name, getattr(arg, "__name__", arg)))


def f(n):
    if n:
        return f(n - 1)
    text = [1]
    text.append(len(text))
    try:
        int("x")
        text.pop(0, 1)
    except ValueError:
        pass
    try:
        text.index(5)
    except ValueError:
        pass
    return "end"


def g():
    raise KeyError


sys.setprofile(profiler)
f(1)
try:
    g()
except KeyError:
    pass
list(x for x in [1, 2])
sorted([2, 1], key=lambda x: -x)
sys.setprofile(None)
for event in events:
    print(*event)
print(sys.getprofile())
