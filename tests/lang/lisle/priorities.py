# Who has a higher priority goes in front when it becomes runnable, and under preemption has longer turns.
# modes: -switch -pickle -image these cut turns short
# expect: ['higher first', 'high', 'plain', 'low']
# expect: ['first', 'second', 'plain']
# expect: 0 3 3 -2
# expect: ValueError a priority is a number from -8 to 8
# expect: wakes at once True
# expect: shares True
import lisle

log = []


def note(name):
    log.append(name)


def make(name, priority):
    t = lisle.tasklet(note).bind(note, (name,))
    lisle.set_priority(t, priority)
    return t


make('plain', 0).insert()
make('low', -1).insert()
make('high', 1).insert()
make('higher first', 2).insert()
log2 = log
lisle.run()
print(log)

log.clear()
make('plain', 0).insert()
make('first', 1).insert()
make('second', 1).insert()
lisle.run()
print(log)

t = lisle.spawn(lisle.schedule_remove)
print(t.priority, end=' ')
t.priority = 3
print(t.priority, lisle.get_priority(t), end=' ')
t.priority = -2
print(t.priority)
try:
    t.priority = 9
except ValueError as e:
    print('ValueError', e)
t.kill()

# A spinning tasklet gives way to one that wakes with a higher priority, before its turn is over.
before = lisle.preempt(10_000_000)
woken = []


def spin():
    while not woken:
        pass


def wake():
    lisle.sleep(0.005)
    woken.append(True)


lisle.tasklet(spin)()
w = lisle.tasklet(wake)()
lisle.set_priority(w, 1)
lisle.run()
print('wakes at once', woken == [True])

# Three steps more are turns eight times as long.
lisle.preempt(500)
counts = {0: 0, 3: 0}
stop = []


def count(priority):
    while not stop:
        counts[priority] += 1


for priority in counts:
    lisle.set_priority(lisle.tasklet(count)(priority), priority)


def end():
    lisle.run(seconds=0.1)


end()
stop.append(True)
lisle.run()
lisle.preempt(before)
print('shares', counts[3] > 2 * counts[0] > 0)
