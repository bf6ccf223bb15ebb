# expect: -1
# expect: TaskletExit caught
# expect: 0 False
import stackless
c = stackless.channel()
def f():
    try:
        c.receive()
    except TaskletExit:
        print("TaskletExit caught")
        raise
t = stackless.tasklet(f)()
stackless.run()
print(c.balance)
t.kill()
print(c.balance, t.alive)
