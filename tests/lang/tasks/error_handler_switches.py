# expect: handler a
# expect: other
# expect: handler b
import stackless
def handler(kind, value, tb):
    print("handler a")
    stackless.schedule()
    print("handler b")
stackless.set_error_handler(handler)
def fail():
    raise ValueError
stackless.tasklet(fail)()
stackless.tasklet(print)("other")
stackless.run()
