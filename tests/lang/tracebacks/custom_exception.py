# stderr: whole
class Outer:
    class Problem(Exception):
        def __str__(self):
            return "line one\nline two"
def f():
    raise Outer.Problem
f()
