# expect: main goes
# expect error: ValueError: nobody catches
# exit: 1
import stackless
def fail():
    raise ValueError("nobody catches")
stackless.tasklet(fail)()
print("main goes")
stackless.run()
print("never")
