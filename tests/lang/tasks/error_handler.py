# expect: handler ValueError handled
# expect: True
import stackless
def handler(kind, value, tb):
    print("handler", kind.__name__, value)
old = stackless.set_error_handler(handler)
def fail():
    raise ValueError("handled")
stackless.tasklet(fail)()
stackless.run()
print(stackless.set_error_handler(old) is handler)
