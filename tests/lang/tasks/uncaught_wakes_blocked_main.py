# expect: main got ValueError('x')
# expect: 0
# expect: still there
import stackless
c = stackless.channel()
def fail():
    raise ValueError("x")
stackless.tasklet(fail)()
stackless.tasklet(print)("still there")
try:
    c.receive()
except ValueError as error:
    print("main got", repr(error))
print(c.balance)
stackless.run()
