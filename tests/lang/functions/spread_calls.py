# Calls with * and **: tuples and dicts that stand alone are not copied, and nobody can tell.
import sys


def f(*args, **names):
    names["new"] = 1
    return args, sorted(names)


def g(a, b=2, *rest, c=3, **others):
    return a, b, rest, c, others


def plain(a, b):
    return a, b


def makes(*args, **names):
    yield args, names


class C:
    def __init__(self, *args, **names):
        self.got = args, names

    def m(self, *args, **names):
        return args, names


t, d = (1, 2), {"c": 5, "x": 6}
print(f(*t), f(**d), f(*t, **d), f(0, *t, **d, y=1), f(*t, *t), f(*t, 9), t, d)
print(g(*t), g(*t, **d), g(1, **d), g(*range(5), **d), g(*[1], **{}), g(*(), a=1))
print(plain(*t), plain(**{"a": 1, "b": 2}), plain(*t[:1], **{"b": 7}), plain(1, *(2,)))
print(list(makes(*t, **d)), C(*t, **d).got, C().m(*t, **d), max(*t), dict(**d), print(*t, **{"sep": "-"}))
print(f(*t) == f(1, 2), f(*t)[0] is t, f(*()), f(**{}), t is t[:])
many = tuple(range(20))
print(f(*many), f(**{"k%d" % i: i for i in range(20)})[1][:3], g(*many, **d)[2][-1])


def keeps(**names):
    return names


copy = keeps(**d)
copy["c"] = 0
print(copy is d, d, keeps(**d, **{"z": 1}), keeps(z=0, **d))
for call in (lambda: f(*1), lambda: f(**1), lambda: f(**{1: 2}), lambda: g(1, **{"a": 2}), lambda: f(a=1, **{"a": 2}),
             lambda: plain(*t, 3), lambda: plain(*t, **d), lambda: plain(*(1,)), lambda: f(**d, **d), lambda: None(*t),
             lambda: (1)(**d), lambda: f(*None, **d), lambda: f(*t, *1)):
    try:
        call()
    except TypeError as e:
        print(str(e).replace("__main__.", ""))


async def agen():
    return f(*t, **d), plain(*t)


try:
    agen().send(None)
except StopIteration as e:
    print(e.value)


def traced():
    return f(*t, **d)


seen = []


def trace(frame, event, arg):
    frame.f_trace_opcodes = True
    seen.append(event)
    return trace


sys.settrace(trace)
result = traced()
sys.settrace(None)
print(result, "opcode" in seen)
for i in range(3000):
    assert plain(*t) == t and f(**d)[1] == ["c", "new", "x"]
print("done")


def deep(n, *rest, **names):
    return n if n == 0 else deep(n - 1, *rest, **names)


print(deep(500, 1, 2, x=3))
