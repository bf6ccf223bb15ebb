# A frame object that a callee asked for keeps what its frame did afterwards, inlined or not.
import gc
import sys

kept = []


def helper():
    kept.append(sys._getframe(1))
    return 1


def inner(a):
    fraction = a * 2.5
    pair = (a, a)
    n = helper()
    after = [n]
    return n


def outer(k):
    s = 0
    for i in range(k):
        q = i + 0.5
        s += inner(i)
    last = (s, q)
    return s


def other(k):
    t = str(k)
    u = t + 'x'
    helper()
    v = u
    return v


def generator(k):
    x = k
    helper()
    yield x
    y = k * 1.5


for r in range(30):
    outer(3)
    other(r)
    list(generator(r))
for _ in range(2):
    for frame in kept[:5] + kept[-5:]:
        print(frame.f_code.co_name, sorted(frame.f_locals.items()), frame.f_lineno, frame.f_back and frame.f_back.f_code.co_name)
    gc.collect()
