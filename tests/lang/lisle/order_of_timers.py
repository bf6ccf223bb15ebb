# Timers fire in the order of their times, and in that of their making where these are equal, however many are taken
# back before. The clock is simulated, so that it is known when each is made.
# modes: -image pipes to other processes do not survive
# expect: woken 3000 in order True
# expect: woken 2900 in order True
# expect: woken 1500 in order True
# expect: woken 100 in order True
# expect: woken 0 in order True
# expect: limits that were not reached 2000
import os
import subprocess
import sys
import tempfile

PROGRAM = '''
import gc, lisle, random

N = 3000
random.seed(4)
pauses = [10 + i // 3 for i in range(N)]
random.shuffle(pauses)


def nap(number):
    lisle.sleep(pauses[number])
    woken.append(number)


for taken_back in (0, 100, 1500, 2900, N):
    woken = []
    tasks = [lisle.tasklet(nap)(i) for i in range(N)]
    while lisle.runcount > 1:
        lisle.schedule()
    for i in random.sample(range(N), taken_back):
        tasks[i].kill()
        if i % 500 == 0:
            gc.collect()
    lisle.run()
    print('woken', len(woken), 'in order', woken == sorted(woken, key=lambda i: (pauses[i], i)))


def read():
    for i in range(2000):
        received.append(lisle.receive(c, 1000 - i / 10))


received = []
c = lisle.channel()
lisle.tasklet(read)()
for i in range(2000):
    c.send(i)
lisle.run()
print('limits that were not reached', len(received))
'''
environment = {name: value for name, value in os.environ.items() if name != 'LISLE_STRESS'}
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'timers.py')
    with open(path, 'w') as file:
        file.write(PROGRAM)
    subprocess.run([sys.executable, 'run', '--seed', '1', path], env=environment)
