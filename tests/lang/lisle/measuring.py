# measure() keeps run time, turns and places of all tasklets; info() tells them, and what is known anyway.
# expect: not measured: None None None
# expect: state runnable priority 0
# expect: busy turns 11 more than idle True
# expect: made at measuring.py 39 make
# expect: waits receiving True True
# expect: asleep sleeping True
# expect: running True
# expect: named worker
# expect: True
import lisle
import os


def place(p):
    return os.path.basename(p[0]), p[1], p[2]


def busy():
    for _ in range(10):
        for i in range(2000):
            pass
        lisle.schedule()


def idle(c):
    c.receive()


early = lisle.tasklet(busy)()
known = lisle.info(early)
print('not measured:', known.run_time, known.turns, known.made_at)
print('state', known.state, 'priority', known.priority)
early.kill()


def make():
    c = lisle.channel()
    return lisle.tasklet(busy)(), lisle.tasklet(idle)(c), c


before = lisle.measure()
b, i, c = make()
s = lisle.spawn(lisle.sleep, 100, name='worker')
while b.alive:
    lisle.schedule()
known, other = lisle.info(b), lisle.info(i)
print('busy turns', known.turns, 'more than idle', known.run_time > other.run_time > 0)
print('made at', *place(known.made_at))
print('waits', other.state, other.waits_for is c, other.idle_for >= 0)
asleep = lisle.info(s)
print('asleep', asleep.state, asleep.seconds_left <= 100)
me = lisle.info(lisle.current)
print('running', me.state == 'running' and me.run_time > 0 and me.idle_for is None)
print('named', asleep.name)
c.send(None)
print(lisle.measure(before))
