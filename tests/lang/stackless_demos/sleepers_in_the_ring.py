# The classic way to sleep: a list of wake-up times, looked after by a tasklet that goes round with the others.
# expect: 3 ticks
# expect: wakes in order True
import stackless
import time


class Clock:
    def __init__(self):
        self.sleepers = []
        self.wanted = True

    def sleep(self, seconds):
        bell = stackless.channel()
        when = time.monotonic() + seconds
        self.sleepers.append((when, len(self.sleepers), bell))
        self.sleepers.sort()
        bell.receive()
        return when

    def look_after(self):
        while self.wanted:
            while self.sleepers and self.sleepers[0][0] <= time.monotonic():
                self.sleepers.pop(0)[2].send(None)
            stackless.schedule()


clock = Clock()
woken = []


def ticker(count):
    ticks = 0
    for _ in range(count):
        clock.sleep(0.004)
        ticks += 1
    print(ticks, 'ticks')
    while clock.sleepers:
        stackless.schedule()
    clock.wanted = False


def napper(seconds):
    woken.append(clock.sleep(seconds))


naps = [0.003, 0.001, 0.004, 0.0015, 0.009]
for seconds in naps:
    stackless.tasklet(napper)(seconds)
stackless.tasklet(ticker)(3)
stackless.tasklet(clock.look_after)()
stackless.run()
print('wakes in order', woken == sorted(woken) and len(woken) == len(naps))
