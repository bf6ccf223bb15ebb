# expect: inner run got ValueError('x')
# expect: main
import stackless
def fail():
    raise ValueError("x")
def inner():
    stackless.tasklet(fail)()
    try:
        stackless.run()
    except ValueError as error:
        print("inner run got", repr(error))
stackless.tasklet(inner)()
stackless.run()
print("main")
