# A tasklet made by its class, a subclass, with keywords or by bind() starts with the same arguments.
import stackless

log = []


def note(*args, **kwargs):
    log.append((args, kwargs))


class Plain(stackless.tasklet):
    pass


class Own(stackless.tasklet):
    def __new__(cls, f, label):
        return stackless.tasklet.__new__(cls)

    def __init__(self, f, label):
        super().__init__(f)
        self.label = label

    def __call__(self, *args):
        return super().__call__(self.label, *args)


stackless.tasklet(note)(1, 2)
stackless.tasklet(note)(1, key=2)
stackless.tasklet(note, (3,))  # bound, not in the ring
stackless.tasklet(note, (3,), {"k": 4}).insert()
stackless.tasklet().bind(note)(5)
stackless.tasklet(func=note)(*range(20))
Plain(note)(6)
Own(note, "own")(7)
stackless.tasklet(note).setup(8, key=9)
stackless.run()
for entry in log:
    print(entry)
# expect: ((1, 2), {})
# expect: ((1,), {'key': 2})
# expect: ((3,), {'k': 4})
# expect: ((5,), {})
# expect: ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19), {})
# expect: ((6,), {})
# expect: (('own', 7), {})
# expect: ((8,), {'key': 9})


class Made:
    def __init__(self, *args):
        print("made", args)


class Callee:
    def __call__(self, x):
        print("called", x)

    def method(self, x, y=2):
        print("method", x, y)


stackless.tasklet(Made)(1, 2)  # expect: made (1, 2)
stackless.tasklet(Callee())(3)  # expect: called 3
stackless.tasklet(Callee().method)(4)  # expect: method 4 2
stackless.tasklet(print)("native", 5)  # expect: native 5
stackless.run()

for make in (
    lambda: stackless.tasklet(note, (), {}, 4),
    lambda: stackless.tasklet(3),
    lambda: stackless.tasklet()(1),
    lambda: stackless.tasklet(note, 3),
    lambda: stackless.tasklet(note, wrong=3),
):
    try:
        make()
    except Exception as e:
        print(type(e).__name__, e)
# expect: TypeError tasklet() takes at most 3 arguments (4 given)
# expect: TypeError tasklet function must be a callable or None
# expect: RuntimeError the tasklet was not bound to a function
# expect: TypeError argument for bind() must be a tuple, not int
# expect: TypeError 'wrong' is an invalid keyword argument for tasklet()

t = stackless.tasklet(note)(1)
try:
    t(2)
except RuntimeError as e:
    print(e)  # expect: tasklet is alive
t.kill()


# Calls from a generator, whose windows are not where calls from functions have theirs.
def maker():
    for i in range(2):
        yield stackless.tasklet(print)("from a generator", i)


print(len(list(maker())))  # expect: 2
stackless.run()
# expect: from a generator 0
# expect: from a generator 1
