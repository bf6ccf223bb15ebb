# expect: Deadlock: the last runnable tasklet cannot be blocked.
# expect: the main tasklet is sending without a receiver available.
import stackless
c = stackless.channel()
d = stackless.channel()
def f():
    try:
        d.receive()
    except RuntimeError as error:
        print(error)
stackless.tasklet(f)()
try:
    c.send(1)
except RuntimeError as error:
    print(error)
