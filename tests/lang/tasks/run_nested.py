# expect: outer starts
# expect: inner
# expect: outer ends
# expect: main
import stackless
def inner():
    print("inner")
def outer():
    print("outer starts")
    stackless.tasklet(inner)()
    stackless.run()
    print("outer ends")
stackless.tasklet(outer)()
stackless.run()
print("main")
