# Bugs of concurrent programs, each found by an error, or by tasklets that are left waiting; and programs like them
# that are right, with no alarm.
# expect: bug receive_from_nobody deadlock
# expect: bug send_to_nobody deadlock
# expect: bug one_send_too_few deadlock
# expect: bug one_receiver_too_many left waiting
# expect: bug both_send_first deadlock
# expect: bug ring_of_receivers deadlock
# expect: bug lock_twice deadlock
# expect: bug locks_in_two_orders deadlock
# expect: bug philosophers deadlock
# expect: bug lock_never_released deadlock
# expect: bug wake_before_wait deadlock
# expect: bug event_never_set deadlock
# expect: bug queue_without_end deadlock
# expect: bug full_queue deadlock
# expect: bug join_each_other deadlock
# expect: bug select_of_nobody deadlock
# expect: bug select_forgets_a_case deadlock
# expect: bug full_buffer deadlock
# expect: bug loop_over_an_open_channel deadlock
# expect: bug nursery_waits_for_its_block deadlock
# expect: bug semaphore_too_small deadlock
# expect: bug barrier_with_one_missing deadlock
# expect: bug thread_waits_for_main deadlock
# expect: bug paused_for_ever left waiting
# expect: right exchange fine
# expect: right late_sender fine
# expect: right sender_in_a_thread fine
# expect: right receive_with_a_limit fine
# expect: right locks_in_one_order fine
# expect: right philosophers_in_order fine
# expect: right recursive_lock fine
# expect: right lock_with_a_limit fine
# expect: right condition_with_a_predicate fine
# expect: right event_set_by_a_thread fine
# expect: right queue_with_a_last_item fine
# expect: right select_with_a_default fine
# expect: right loop_over_a_closed_channel fine
# expect: right nursery_of_talkers fine
# expect: right barrier_for_all fine
# expect: right semaphore_handed_on fine
# expect: right spinning_thread fine
# expect: right pipeline fine
# expect: right broadcast_to_all fine
# expect: right scope_around_a_deadlock fine
# expect: right paused_and_inserted fine
import lisle
import queue
import threading

c = lisle.channel
BUGS, RIGHT = [], []


def bug(f):
    BUGS.append(f)


def right(f):
    RIGHT.append(f)


def leftover():
    return [t for count, state, place, t in lisle.report() if not t.is_main and t is not lisle.current]


def verdict(f):
    try:
        f()
        lisle.run()
        found = 'left waiting' if leftover() else 'fine'
    except* RuntimeError as group:
        e = group.exceptions[0]
        found = 'deadlock' if 'adlock' in str(e) or 'without a' in str(e) else str(e)
    while rest := leftover():
        for t in rest:
            t.kill()
    return found


# --- bugs

@bug
def receive_from_nobody():
    c().receive()


@bug
def send_to_nobody():
    c().send(1)


@bug
def one_send_too_few():
    a = c()
    lisle.spawn(a.send, 1)
    a.receive()
    a.receive()


@bug
def one_receiver_too_many():
    a = c()
    for _ in range(3):
        lisle.tasklet(a.receive)()
    lisle.tasklet(a.send)(1)
    lisle.tasklet(a.send)(2)
    lisle.run()


@bug
def both_send_first():
    a, b = c(), c()

    def other():
        b.send(1)
        a.receive()
    lisle.tasklet(other)()
    a.send(1)
    b.receive()


@bug
def ring_of_receivers():
    ring = [c() for _ in range(4)]

    def hop(i):
        ring[i - 1].send(ring[i].receive())
    for i in range(1, 4):
        lisle.tasklet(hop)(i)
    ring[3].send(ring[0].receive())


@bug
def lock_twice():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


@bug
def locks_in_two_orders():
    one, two = threading.Lock(), threading.Lock()

    def take(x, y):
        with x:
            lisle.schedule()
            with y:
                pass
    a, b = lisle.spawn(take, one, two), lisle.spawn(take, two, one)
    a.join()
    b.join()


@bug
def philosophers():
    forks = [threading.Lock() for _ in range(5)]

    def eat(i):
        with forks[i]:
            lisle.schedule()
            with forks[(i + 1) % 5]:
                pass
    for t in [lisle.spawn(eat, i) for i in range(5)]:
        t.join()


@bug
def lock_never_released():
    lock = threading.Lock()
    lisle.spawn(lock.acquire).join()
    lock.acquire()


@bug
def wake_before_wait():
    ready = threading.Condition()
    with ready:
        ready.notify()
    with ready:
        ready.wait()


@bug
def event_never_set():
    threading.Event().wait()


@bug
def queue_without_end():
    q = queue.Queue()
    q.put(1)
    while True:
        q.get()


@bug
def full_queue():
    q = queue.Queue(1)
    q.put(1)
    q.put(2)


@bug
def join_each_other():
    tasks = []
    tasks.append(lisle.spawn(lambda: tasks[1].join()))
    tasks.append(lisle.spawn(lambda: tasks[0].join()))
    tasks[0].join()


@bug
def select_of_nobody():
    lisle.select([c(), c()])


@bug
def select_forgets_a_case():
    a, b = c(), c()
    lisle.tasklet(b.send)(1)
    lisle.select([a])


@bug
def full_buffer():
    a = lisle.buffered(2)
    for i in range(3):
        a.send(i)


@bug
def loop_over_an_open_channel():
    a = c()
    lisle.tasklet(lambda: [a.send(i) for i in range(3)])()
    list(a)


@bug
def nursery_waits_for_its_block():
    a = c()
    with lisle.nursery() as n:
        n.spawn(a.receive)
    a.send(1)


@bug
def semaphore_too_small():
    s = threading.Semaphore(1)
    with s:
        with s:
            pass


@bug
def barrier_with_one_missing():
    barrier = threading.Barrier(3)
    lisle.spawn(barrier.wait)
    barrier.wait()


@bug
def thread_waits_for_main():
    lock = threading.Lock()
    with lock:
        t = threading.Thread(target=lock.acquire, daemon=True)
        t.start()
        t.join()


@bug
def paused_for_ever():
    lisle.tasklet(lisle.schedule_remove)()
    lisle.run()


# --- the same, done right

@right
def exchange():
    a = c()
    lisle.tasklet(a.send)(1)
    a.receive()


@right
def late_sender():
    a = c()

    def late():
        lisle.sleep(0.001)
        a.send(1)
    lisle.tasklet(late)()
    a.receive()


@right
def sender_in_a_thread():
    a = c()
    threading.Thread(target=a.send, args=(1,)).start()
    a.receive()


@right
def receive_with_a_limit():
    try:
        lisle.receive(c(), 0.001)
    except TimeoutError:
        pass


@right
def locks_in_one_order():
    one, two = threading.Lock(), threading.Lock()

    def take():
        with one:
            lisle.schedule()
            with two:
                pass
    for t in [lisle.spawn(take) for _ in range(3)]:
        t.join()


@right
def philosophers_in_order():
    forks = [threading.Lock() for _ in range(5)]

    def eat(i):
        first, second = sorted((i, (i + 1) % 5))
        with forks[first]:
            lisle.schedule()
            with forks[second]:
                pass
    for t in [lisle.spawn(eat, i) for i in range(5)]:
        t.join()


@right
def recursive_lock():
    lock = threading.RLock()
    with lock, lock:
        pass


@right
def lock_with_a_limit():
    lock = threading.Lock()
    lock.acquire()
    lock.acquire(timeout=0.001)


@right
def condition_with_a_predicate():
    ready, items = threading.Condition(), []

    def produce():
        with ready:
            items.append(1)
            ready.notify()
    t = threading.Thread(target=produce)
    t.start()
    with ready:
        ready.wait_for(lambda: items)
    t.join()


@right
def event_set_by_a_thread():
    e = threading.Event()
    t = threading.Timer(0.001, e.set)
    t.start()
    e.wait()
    t.join()


@right
def queue_with_a_last_item():
    q = queue.Queue(2)
    t = threading.Thread(target=lambda: [q.put(i) for i in (1, 2, 3, None)])
    t.start()
    while q.get() is not None:
        pass
    t.join()


@right
def select_with_a_default():
    lisle.select([c()], default=None)


@right
def loop_over_a_closed_channel():
    a = c()

    def produce():
        a.send(1)
        lisle.close(a)
    lisle.tasklet(produce)()
    list(a)


@right
def nursery_of_talkers():
    a = c()
    with lisle.nursery() as n:
        n.spawn(a.receive)
        n.spawn(a.send, 1)


@right
def barrier_for_all():
    barrier = threading.Barrier(3)
    threads = [threading.Thread(target=barrier.wait) for _ in range(2)]
    for t in threads:
        t.start()
    barrier.wait()
    for t in threads:
        t.join()


@right
def semaphore_handed_on():
    s = threading.Semaphore(0)
    t = threading.Thread(target=s.release)
    t.start()
    s.acquire()
    t.join()


@right
def spinning_thread():
    stop = []
    t = threading.Thread(target=stop.append, args=(1,))
    t.start()
    while not stop:
        pass
    t.join()


@right
def pipeline():
    first, second = lisle.buffered(2), lisle.buffered(2)

    def double():
        for v in first:
            second.send(2 * v)
        lisle.close(second)

    def produce():
        for i in range(10):
            first.send(i)
        lisle.close(first)
    with lisle.nursery() as n:
        n.spawn(produce)
        n.spawn(double)
        assert sum(second) == 90


@right
def broadcast_to_all():
    b = lisle.Broadcast()
    subscribers = [b.subscribe() for _ in range(3)]
    with lisle.nursery() as n:
        for s in subscribers:
            n.spawn(list, s)
        b.send(1)
        b.close()


@right
def scope_around_a_deadlock():
    with lisle.move_on_after(0.001):
        c().receive()


@right
def paused_and_inserted():
    t = lisle.spawn(lisle.schedule_remove)
    lisle.schedule()
    t.insert()
    t.join()


for f in BUGS:
    print('bug', f.__name__, verdict(f))
for f in RIGHT:
    print('right', f.__name__, verdict(f))
