# A send or receive gives up after a time, and leaves the channel as it was.
# expect: late 0
# expect: late 0
# expect: late 0
# expect: in time 0
# expect: after a while
import lisle

c = lisle.channel()
for call in (lambda: lisle.receive(c, 0.01), lambda: lisle.send(c, 1, 0.01), lambda: lisle.receive(c, 0)):
    try:
        call()
    except TimeoutError:
        print('late', c.balance)
lisle.tasklet(c.send)('in time')
print(lisle.receive(c, 5), c.balance)


def reply():
    lisle.sleep(0.01)
    c.send('after a while')


lisle.tasklet(reply)()
print(lisle.receive(c, 5))
