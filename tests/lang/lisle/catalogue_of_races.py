# Programs whose result depends on who runs when. --explore finds a schedule in which a wrong one fails, and the seed
# it prints fails again; it finds none for the right ones beside them.
# modes: -image pipes to other processes do not survive
# expect: bug lost_update found, fails again
# expect: bug check_then_act found, fails again
# expect: bug made_twice found, fails again
# expect: bug changed_while_iterated found, fails again
# expect: bug notified_too_early found, fails again
# expect: bug locks_in_two_orders found, fails again
# expect: bug published_too_early found, fails again
# expect: bug half_a_transfer found, fails again
# expect: bug empty_then_get found, fails again
# expect: bug shared_generator found, fails again
# expect: bug last_item_taken found, fails again
# expect: bug preempted_tasklets found, fails again
# expect: right update_under_a_lock no failure
# expect: right act_under_a_lock no failure
# expect: right made_once no failure
# expect: right iterated_over_a_copy no failure
# expect: right waited_in_a_loop no failure
# expect: right locks_in_one_order no failure
# expect: right published_when_ready no failure
# expect: right whole_transfer no failure
# expect: right get_without_waiting no failure
# expect: right generator_under_a_lock no failure
# expect: right taken_under_a_lock no failure
# expect: right atomic_tasklets no failure
import os
import re
import subprocess
import sys
import tempfile

START = '''
import threading


def together(*functions):
    failures = []
    threading.excepthook = failures.append
    threads = [threading.Thread(target=f) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not failures, failures


def same(x):
    return x


lock = threading.Lock()
'''

BUGS = {
    'lost_update': '''
n = 0


def count():
    global n
    for _ in range(10):
        n = (lambda old: same(old) + 1)(n)


together(count, count)
assert n == 20, n
''',
    'check_then_act': '''
free = [1]
had = []


def take():
    if same(free):
        same(None)
        had.append(free.pop())


together(take, take)
''',
    'made_twice': '''
made = []
cache = {}


def get():
    if 'k' not in cache:
        made.append(same(1))
        cache['k'] = same(object())
    return cache['k']


together(get, get)
assert len(made) == 1
''',
    'changed_while_iterated': '''
d = dict.fromkeys(range(20))


def look():
    for k in d:
        same(k)


def add():
    for k in range(100, 110):
        d[same(k)] = 1


together(look, add)
''',
    'notified_too_early': '''
ready = False
told = threading.Condition()


def wait():
    if not same(ready):
        same(None)
        with told:
            told.wait()


def tell():
    global ready
    ready = same(True)
    with told:
        told.notify()


together(wait, tell)
''',
    'locks_in_two_orders': '''
other = threading.Lock()


def one():
    with lock:
        same(1)
        with other:
            same(2)


def two():
    with other:
        same(1)
        with lock:
            same(2)


together(one, two)
''',
    'published_too_early': '''
class Job:
    pass


jobs = []


def make():
    job = Job()
    jobs.append(job)
    job.size = same(3)


def use():
    for job in jobs:
        assert job.size == 3


together(make, use, use)
''',
    'half_a_transfer': '''
accounts = [100, 0]
seen = []


def transfer():
    for _ in range(10):
        accounts[0] -= same(10)
        accounts[1] += same(10)


def audit():
    for _ in range(10):
        seen.append(sum(accounts))
        same(None)


together(transfer, audit)
assert set(seen) == {100}, seen
''',
    'empty_then_get': '''
import queue
q = queue.Queue()
q.put(1)


def take():
    if not q.empty():
        same(None)
        q.get()


together(take, take)
''',
    'shared_generator': '''
def numbers():
    for i in range(30):
        yield same(i)


g = numbers()
together(lambda: list(g), lambda: list(g))
''',
    'last_item_taken': '''
stack = list(range(10))


def work():
    while len(stack) > 0:
        same(None)
        stack.pop()


together(work, work)
''',
    'preempted_tasklets': '''
import lisle
lisle.preempt(50)
n = 0


def count():
    global n
    for _ in range(20):
        old = n
        same(None)
        n = old + 1


for _ in range(2):
    lisle.tasklet(count)()
lisle.run()
assert n == 40
''',
}

RIGHT = {
    'update_under_a_lock': '''
n = 0


def count():
    global n
    for _ in range(10):
        with lock:
            n = (lambda old: same(old) + 1)(n)


together(count, count)
assert n == 20, n
''',
    'act_under_a_lock': '''
free = [1]
had = []


def take():
    with lock:
        if same(free):
            same(None)
            had.append(free.pop())


together(take, take)
''',
    'made_once': '''
made = []
cache = {}


def get():
    with lock:
        if 'k' not in cache:
            made.append(same(1))
            cache['k'] = same(object())
        return cache['k']


together(get, get)
assert len(made) == 1
''',
    'iterated_over_a_copy': '''
d = dict.fromkeys(range(20))


def look():
    for k in list(d):
        same(k)


def add():
    for k in range(100, 110):
        d[same(k)] = 1


together(look, add)
''',
    'waited_in_a_loop': '''
ready = False
told = threading.Condition()


def wait():
    with told:
        while not same(ready):
            told.wait()


def tell():
    global ready
    with told:
        ready = same(True)
        told.notify()


together(wait, tell)
''',
    'locks_in_one_order': '''
other = threading.Lock()


def both():
    with lock:
        same(1)
        with other:
            same(2)


together(both, both)
''',
    'published_when_ready': '''
class Job:
    pass


jobs = []


def make():
    job = Job()
    job.size = same(3)
    jobs.append(job)


def use():
    for job in jobs:
        assert job.size == 3


together(make, use, use)
''',
    'whole_transfer': '''
accounts = [100, 0]
seen = []


def transfer():
    for _ in range(10):
        with lock:
            accounts[0] -= same(10)
            accounts[1] += same(10)


def audit():
    for _ in range(10):
        with lock:
            seen.append(sum(accounts))
        same(None)


together(transfer, audit)
assert set(seen) == {100}, seen
''',
    'get_without_waiting': '''
import queue
q = queue.Queue()
q.put(1)


def take():
    try:
        same(None)
        q.get_nowait()
    except queue.Empty:
        pass


together(take, take)
''',
    'generator_under_a_lock': '''
def numbers():
    for i in range(30):
        yield same(i)


g = numbers()
got = []


def take():
    while True:
        with lock:
            item = next(g, None)
        if item is None:
            return
        got.append(item)


together(take, take)
assert sorted(got) == list(range(30))
''',
    'taken_under_a_lock': '''
stack = list(range(10))


def work():
    while True:
        with lock:
            if not same(stack):
                return
            stack.pop()


together(work, work)
''',
    'atomic_tasklets': '''
import lisle
lisle.preempt(50)
n = 0


def count():
    global n
    for _ in range(20):
        with lisle.atomic():
            old = n
            same(None)
            n = old + 1


for _ in range(2):
    lisle.tasklet(count)()
lisle.run()
assert n == 40
''',
}

environment = {name: value for name, value in os.environ.items() if name != 'LISLE_STRESS'}


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment)


def verdict(name, source, seeds):
    path = os.path.join(folder, name + '.py')
    with open(path, 'w') as file:
        file.write(START + source)
    result = run('run', '--explore', str(seeds), path)
    if result.returncode == 0:
        return 'no failure' if 'no failure with' in result.stdout else result.stdout
    found = re.search('seed (\\d+) fails', result.stdout)
    if not found:
        return result.stdout + result.stderr
    again = run('run', '--seed', found[1], path)
    return 'found, fails again' if again.returncode else 'found, does not fail again'


with tempfile.TemporaryDirectory() as folder:
    for name, source in BUGS.items():
        print('bug', name, verdict(name, source, 300))
    for name, source in RIGHT.items():
        print('right', name, verdict(name, source, 12))
