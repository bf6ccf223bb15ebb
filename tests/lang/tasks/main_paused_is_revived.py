# expect: t
# expect: main again
import stackless
def f():
    print("t")
    stackless.channel().receive()
t = stackless.tasklet(f)()
stackless.schedule_remove()
print("main again")
