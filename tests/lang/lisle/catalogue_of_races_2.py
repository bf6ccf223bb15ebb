# More programs whose result depends on who runs when: see catalogue_of_races.
# modes: -image pipes to other processes do not survive
# expect: bug published_too_early found, fails again
# expect: bug half_a_transfer found, fails again
# expect: bug empty_then_get found, fails again
# expect: bug shared_generator found, fails again
# expect: bug last_item_taken found, fails again
# expect: bug preempted_tasklets found, fails again
# expect: right published_when_ready no failure
# expect: right whole_transfer no failure
# expect: right get_without_waiting no failure
# expect: right generator_under_a_lock no failure
# expect: right taken_under_a_lock no failure
# expect: right atomic_tasklets no failure
from _races import judge

BUGS = {
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

judge(BUGS, RIGHT)
