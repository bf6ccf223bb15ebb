# expect: exits
# expect: after
import stackless
def f():
    print("exits")
    raise TaskletExit
stackless.tasklet(f)()
stackless.run()
print("after")
