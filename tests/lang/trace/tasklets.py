# Trace functions belong to a tasklet, which may be suspended in one.
# expect: main call
# expect: main line
# expect: waits main
# expect: other
# expect: main got 1
# expect: main return
# expect: None
# expect: set call
# expect: set line
# expect: set return
# expect: dead tasklet is not alive
import sys
import stackless

channel = stackless.channel()


def f():
    return 1


def tracer(frame, event, arg):
    if event == "line" and frame.f_code is f.__code__:
        print("main line")
        stackless.tasklet(other)()
        print("waits main")
        print("main got", channel.receive())
    else:
        print("main", event)
    return tracer


def other():
    f()
    print("other")
    assert sys.gettrace() is None
    channel.send(1)


sys.settrace(tracer)
f()
sys.settrace(None)
stackless.run()
print(sys.gettrace())


def set_tracer(frame, event, arg):
    print("set", event)
    return set_tracer


def traced():
    stackless.schedule()
    f()


task = stackless.tasklet(traced)()
stackless.schedule()
task.trace_function = set_tracer
assert task.trace_function is set_tracer and task.profile_function is None
stackless.run()
try:
    task.trace_function = None
except RuntimeError as e:
    print("dead", e)
