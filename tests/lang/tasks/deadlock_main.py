# expect: Deadlock: the last runnable tasklet cannot be blocked.
# expect: Deadlock: the last runnable tasklet cannot be blocked.
# expect: 0
import stackless
c = stackless.channel()
for f in (c.receive, lambda: c.send(1)):
    try:
        f()
    except RuntimeError as error:
        print(error)
print(c.balance)
