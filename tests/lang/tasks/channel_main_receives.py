# expect: 42
import stackless
c = stackless.channel()
def f():
    c.send(42)
stackless.tasklet(f)()
print(c.receive())
