# Programs whose result depends on who runs when. --explore finds a schedule in which a wrong one fails, and the seed
# it prints fails again; it finds none for the right ones beside them.
# modes: -image pipes to other processes do not survive
# expect: bug lost_update found, fails again
# expect: bug check_then_act found, fails again
# expect: bug made_twice found, fails again
# expect: bug changed_while_iterated found, fails again
# expect: bug notified_too_early found, fails again
# expect: bug locks_in_two_orders found, fails again
# expect: right update_under_a_lock no failure
# expect: right act_under_a_lock no failure
# expect: right made_once no failure
# expect: right iterated_over_a_copy no failure
# expect: right waited_in_a_loop no failure
# expect: right locks_in_one_order no failure
from _races import judge

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
}

judge(BUGS, RIGHT)
