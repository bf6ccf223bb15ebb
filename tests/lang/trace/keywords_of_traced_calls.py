# Code that is being traced goes through images: the words that trail its instructions are as they were.
import sys

lines = []


def tracer(frame, event, arg):
    if event == "line":
        lines.append(frame.f_lineno - first)
    return tracer


def work(items):
    low = sorted(items, key=lambda x: -x, reverse=False)
    total = 0
    for x in low:
        if x > 1 and not x == 3:
            total += int(str(x), base=10)
    return dict(low=low, total=total)


first = work.__code__.co_firstlineno
sys.settrace(tracer)
got = work([1, 3, 2])
sys.settrace(None)
print(got)
print(lines)
