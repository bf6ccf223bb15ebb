# expect: False False
# expect: True True
# expect: Send/receive operation on a closed channel
# expect: Send/receive operation on a closed channel
# expect: False
# expect: True False
# expect: left True
import stackless
c = stackless.channel()
print(c.closing, c.closed)
c.close()
print(c.closing, c.closed)
for f in (lambda: c.send(1), c.receive):
    try:
        f()
    except ValueError as error:
        print(error)
c.open()
print(c.closing)
stackless.tasklet(c.send)("left")
stackless.run()
c.close()
print(c.closing, c.closed)
print(c.receive(), c.closed)
