# lisle.close() wakes who waits: loops end, others hear of it.
# expect: ChannelClosed the channel was closed
# expect: second []
# expect: loop [1]
# expect: True
# expect: Send/receive operation on a closed channel
import lisle

c = lisle.channel()


def loop(name):
    print(name, [v for v in c])


def once():
    try:
        c.receive()
    except lisle.ChannelClosed as e:
        print(type(e).__name__, e)


lisle.tasklet(loop)('loop')
lisle.tasklet(once)()
lisle.tasklet(loop)('second')
lisle.schedule()
c.send(1)
lisle.close(c)
lisle.run()
print(c.closed)
try:
    c.send(2)
except ValueError as e:
    print(e)
