# Code that runs compiled when somebody begins to trace it goes on: with calls, operators and loops of its own.
import sys

told = 0


def tracer(frame, event, arg):
    global told
    told += 1
    return tracer


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + other)


def counts(n):
    for i in range(n):
        yield i


def work(how, function, *args):
    total = Number(0)
    if how:
        sys.settrace(tracer)
    try:
        total += len(str(function(*args)))
        for i in counts(3):
            total = total + i
        keyed = dict(a=total.value, b=1)
    finally:
        sys.settrace(None)
    return keyed


def rounds(often, how):
    for n in range(often):
        result = work(how, sum, counts(n % 4))
    return result


for how in False, True:
    for _ in range(3):
        print(rounds(200, how), told > 300)
        told = 0
# expect: {'a': 4, 'b': 1} False
# expect: {'a': 4, 'b': 1} False
# expect: {'a': 4, 'b': 1} False
# expect: {'a': 4, 'b': 1} True
# expect: {'a': 4, 'b': 1} True
# expect: {'a': 4, 'b': 1} True
