# How late sleepers wake while one tasklet is busy and never gives way: one row a percentile.
# wake_latency.py [SLEEPERS [SECONDS]]
import lisle
import random
import sys
import time

SLEEPERS = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0

random.seed(1)
late = []
clock = time.monotonic
end = clock() + SECONDS


def sleeper():
    while (now := clock()) < end:
        pause = 0.1 + random.random() * 0.9
        lisle.sleep(pause)
        late.append(clock() - now - pause)


def busy():
    while clock() < end:
        for i in range(1000):
            pass


lisle.preempt()
for _ in range(SLEEPERS):
    lisle.tasklet(sleeper)()
lisle.tasklet(busy)()
lisle.run()
late.sort()
for percent in (50, 90, 99):
    print('wake p%d us %.0f' % (percent, late[len(late) * percent // 100] * 1e6))
print('wake max us %.0f' % (late[-1] * 1e6))
