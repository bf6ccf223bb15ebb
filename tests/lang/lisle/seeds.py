# `lisle run --seed N`: one schedule, one entropy, a clock that jumps over sleeps; `--explore K` looks for a seed that
# fails, and its replay fails alike.
# modes: -image pipes to other processes do not survive
# expect: sleeps take no time True
# expect: slept 90061.0 in order ['a', 'b', 'c'] random True
# expect: same seed same run True
# expect: seeds differ True
# expect: entropy repeats True
# expect: explore ends at the first that fails True True
# expect: replay says the same True
# expect: no failure with 5 seeds
import os
import re
import subprocess
import sys
import tempfile
import time

SLEEPS = '''
import lisle, random, time
begin, order = time.monotonic(), []


def sleep(name, seconds):
    lisle.sleep(seconds)
    order.append(name)


for name, seconds in (('b', 3600), ('c', 86400), ('a', 61)):
    lisle.tasklet(sleep)(name, seconds)
lisle.run()
lisle.sleep(3661)
print('slept', float(round(time.monotonic() - begin)), 'in order', order, 'random', 0 <= random.random() < 1)
'''
TURNS = '''
import os, random, threading
log = []


def work(name):
    for _ in range(30):
        log.append(name)
        str.strip(name)
        (lambda: None)()


threads = [threading.Thread(target=work, args=(name,)) for name in 'abc']
for t in threads:
    t.start()
for t in threads:
    t.join()
print(''.join(log))
'''
ENTROPY = '''
import os, random
print(os.urandom(8), random.random(), {"a", "b", "c", "d", "e", "f"})
'''
FAILS = TURNS + '''
text = ''.join(log)
assert 'aba' not in text and 'bab' not in text, text
'''

environment = {name: value for name, value in os.environ.items() if name != 'LISLE_STRESS'}
environment.pop('PYTHONHASHSEED', None)


def run(name, source, *options):
    path = os.path.join(folder, name + '.py')
    with open(path, 'w') as file:
        file.write(source)
    return subprocess.run([sys.executable, 'run', *options, path], capture_output=True, text=True, env=environment)


with tempfile.TemporaryDirectory() as folder:
    begin = time.monotonic()
    result = run('sleeps', SLEEPS, '--seed', '7')
    print('sleeps take no time', time.monotonic() - begin < 60)
    print(result.stdout, end='')
    runs = [run('turns', TURNS, '--seed', seed).stdout for seed in '1123456789']
    print('same seed same run', runs[0] == runs[1] and len(runs[0]) == 91)
    print('seeds differ', len(set(runs)) > 2)
    print('entropy repeats', run('entropy', ENTROPY, '--seed', '3').stdout
          == run('entropy', ENTROPY, '--seed', '3').stdout != run('entropy', ENTROPY, '--seed', '4').stdout)
    explored = run('fails', FAILS, '--explore', '500')
    seed = re.search(r'seed (\d+) fails with status 1; run it again with: lisle run --seed \1\n', explored.stdout)
    print('explore ends at the first that fails', explored.returncode == 1, seed is not None)
    again = run('fails', FAILS, '--seed', seed[1])
    print('replay says the same', again.returncode == 1 and again.stderr.strip().splitlines()[-1] in explored.stdout)
    print(run('right', 'print(1)', '--explore', '5').stdout, end='')
