# How late sleepers wake while one tasklet is busy and never gives way: one row a percentile, by the clock and by the
# processor time that the program has used since, which leaves out what other programs of the machine took.
# wake_latency.py [SLEEPERS [SECONDS]]
import bisect
import lisle
import random
import sys
import time

SLEEPERS = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0

random.seed(1)
woken = []
moments, used = [], []
clock, processor = time.monotonic, time.process_time
end = clock() + SECONDS


def note():
    moments.append(clock())
    used.append(processor())


def sleeper():
    while (now := clock()) < end:
        pause = 0.1 + random.random() * 0.9
        lisle.sleep(pause)
        note()
        woken.append((now + pause, moments[-1], used[-1]))


def busy():
    while clock() < end:
        note()
        for i in range(1000):
            pass


lisle.preempt()
for _ in range(SLEEPERS):
    lisle.tasklet(sleeper)()
lisle.tasklet(busy)()
lisle.run()
late = sorted(now - due for due, now, _ in woken)
own = sorted(cpu - used[i - 1] for due, _, cpu in woken if 0 < (i := bisect.bisect(moments, due)))
for percent in (50, 90, 99):
    print('wake p%d us %.0f own time us %.0f' % (percent, late[len(late) * percent // 100] * 1e6,
                                               own[len(own) * percent // 100] * 1e6))
print('wake max us %.0f own time us %.0f' % (late[-1] * 1e6, own[-1] * 1e6))
