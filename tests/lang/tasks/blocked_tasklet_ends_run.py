# expect: run returned
# expect: True -1
# expect: woken
import stackless
c = stackless.channel()
def f():
    c.receive()
    print("woken")
t = stackless.tasklet(f)()
stackless.run()
print("run returned")
print(t.blocked, c.balance)
c.send(None)
stackless.run()
