# A buffered channel takes values before its senders wait.
# expect: 2 0
# expect: 1 []
# expect: 1 0 2
# expect: ['sent 3'] 2 3 0
# expect: (-1, None) (0, None) (0, 'x')
# expect: [0, 1, 2, 3, 4, 5, 6]
# expect: a buffer has room for at least one value
import lisle

c = lisle.buffered(2)
c.send(1)
c.send(2)
print(lisle.pending(c), c.balance)
log = []
t = lisle.tasklet(lambda: (c.send(3), log.append('sent 3')))()
lisle.schedule()
print(c.balance, log)
print(c.receive(), c.balance, lisle.pending(c))
lisle.schedule()
print(log, c.receive(), c.receive(), lisle.pending(c))
print(lisle.select([c], default=None), lisle.select([(c, 'x')]), lisle.select([c]))


def produce():
    for i in range(7):
        c.send(i)
    lisle.close(c)


lisle.tasklet(produce)()
print(list(c))
try:
    lisle.buffered(0)
except ValueError as e:
    print(e)
