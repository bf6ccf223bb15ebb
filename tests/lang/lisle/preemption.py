# With preemption on, a tasklet that spins keeps nobody from running.
# expect: 0
# expect: [0, 1, 2, 3, 4]
# expect: 1000
import lisle

print(lisle.preempt(1000))
stop = False
ticks = []


def spin():
    while not stop:
        pass


def clock():
    global stop
    for i in range(5):
        lisle.sleep(0.002)
        ticks.append(i)
    stop = True


lisle.tasklet(spin)()
lisle.tasklet(spin)()
lisle.tasklet(clock)()
lisle.run()
print(ticks)
with lisle.atomic():
    pass
print(lisle.preempt(0))
