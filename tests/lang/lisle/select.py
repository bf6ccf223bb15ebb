# select() does one of several sends and receives.
# expect: (-1, 'nothing')
# expect: (0, 'from a')
# expect: (1, None)
# expect: got sent
# expect: (1, 'from b') 0 0 0
# expect: got late
# expect: (1, None) 0
# expect: no case could be done in 0.01 s 0 0
# expect: other (1, None)
# expect: main (0, 'hello')
# expect: -1 -1 True True
# expect: 0 0 False
# expect: TypeError a case is a channel or a tuple (channel, value), not int
# expect: ValueError a channel can be in one case of a select() only
# expect: ValueError select() of no case would never end
import lisle

a, b, out = lisle.channel(), lisle.channel(), lisle.channel()
print(lisle.select([a, b], default='nothing'))
lisle.tasklet(a.send)('from a')
lisle.schedule()
print(lisle.select([a, b]))
lisle.tasklet(lambda: print('got', out.receive()))()
lisle.schedule()
print(lisle.select([a, (out, 'sent')]))
lisle.run()

# Waiting: whoever comes first, and the other cases leave their channels.
lisle.tasklet(b.send)('from b')
print(lisle.select([a, b, (out, 1)]), a.balance, b.balance, out.balance)
lisle.tasklet(lambda: print('got', out.receive()))()
print(lisle.select([a, (out, 'late')]), a.balance)
lisle.run()
try:
    lisle.select([a, b], timeout=0.01)
except TimeoutError as e:
    print(e, a.balance, b.balance)


# Two that select meet.
def other():
    print('other', lisle.select([b, (a, 'hello')]))


lisle.tasklet(other)()
print('main', lisle.select([a, (out, None)]))
lisle.run()

# Killed while it waits.
t = lisle.tasklet(lisle.select)([a, b])
lisle.schedule()
print(a.balance, b.balance, a.queue is t, t.blocked)
t.kill()
print(a.balance, b.balance, t.alive)
for wrong in ([1], [a, a], []):
    try:
        lisle.select(wrong)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
