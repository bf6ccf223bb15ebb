# What a timer costs: to set and to take back with a million of them set, and for a million tasklets to go to sleep
# and, when all their times have come, to run to their end. Times are those of the processor.
# timers.py [COUNT]
import _lisle
import lisle
import random
import sys
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
random.seed(1)
woken = 0


# Setting alone: deadlines of one tasklet, far away, and taken back.
pauses = [100 + random.random() * 100 for _ in range(COUNT)]
me, deadline, error = lisle.getcurrent(), _lisle.deadline, Exception()
begin = time.process_time()
timers = [deadline(me, error, pause) for pause in pauses]
print('timer insert ns %.0f' % ((time.process_time() - begin) / COUNT * 1e9))
begin = time.process_time()
for timer in timers:
    timer.cancel()
print('timer cancel ns %.0f' % ((time.process_time() - begin) / COUNT * 1e9))
del timers

sleep = time.sleep
span = 1.0 + COUNT * 1e-5
start = time.monotonic()


def nap(when):
    global woken
    sleep(max(when - time.monotonic(), 0))
    woken += 1


whens = [start + span + random.random() for _ in range(COUNT)]
whens_end = max(whens)
begin = time.process_time()
for when in whens:
    lisle.tasklet(nap)(when)
while lisle.runcount > 1:
    lisle.schedule()
print('start and sleep ns %.0f' % ((time.process_time() - begin) / COUNT * 1e9))
while time.monotonic() < whens_end:
    pass
begin = time.process_time()
lisle.run()
print('fire, run and end ns %.0f' % ((time.process_time() - begin) / COUNT * 1e9))
print('woken', woken)
