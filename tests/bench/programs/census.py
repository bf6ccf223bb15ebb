# ps() of a million tasklets in three states, while one of them spins.
# census.py [COUNT]
import io
import lisle
import sys
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
c = lisle.channel()


def receiver():
    c.receive()


def sleeper():
    lisle.sleep(1000)


def spin():
    while True:
        pass


for i in range(COUNT):
    lisle.tasklet(sleeper if i % 10 == 0 else receiver)()
while lisle.runcount > 1:
    lisle.schedule()
lisle.preempt()
lisle.tasklet(spin)()
lisle.schedule()
begin = time.perf_counter()
out = io.StringIO()
lisle.ps(out)
print('ps s %.3f' % (time.perf_counter() - begin))
begin = time.perf_counter()
groups = lisle.report()
print('report s %.3f' % (time.perf_counter() - begin), [group[:2] for group in groups])
