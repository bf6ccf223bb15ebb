# expect: 0 None
# expect: 2 True
# expect: -2 True
# expect: first False True
import stackless
c = stackless.channel()
print(c.balance, c.queue)
a = stackless.tasklet(c.send)("first")
b = stackless.tasklet(c.send)("second")
stackless.run()
print(c.balance, c.queue is a)
d = stackless.channel()
r = stackless.tasklet(d.receive)()
stackless.tasklet(d.receive)()
stackless.run()
print(d.balance, d.queue is r)
print(c.receive(), a.next is None, c.queue is b)
