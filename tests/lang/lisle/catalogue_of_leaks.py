# Tasklets that nobody can wake any more: the collector finds them, and says where they stood. None is found in
# programs like them that are right.
# expect: bug receiver_given_up: receiving in receiver_given_up
# expect: bug answer_after_the_deadline: sending in answer_after_the_deadline
# expect: bug pool_never_stopped: receiving in pool_never_stopped
# expect: bug producer_abandoned: sending in producer_abandoned
# expect: bug slower_of_two: sending in slower_of_two
# expect: bug lock_thrown_away: locked in lock_thrown_away
# expect: bug paused_and_forgotten: paused in paused_and_forgotten
# expect: bug two_that_wait_for_each_other: receiving in two_that_wait_for_each_other
# expect: right receiver_served: none
# expect: right answer_with_room: none
# expect: right pool_stopped: none
# expect: right producer_told: none
# expect: right slower_of_two_with_room: none
# expect: right lock_released: none
# expect: right paused_and_inserted: none
# expect: right two_that_talk: none
import lisle
import threading

BUGS, RIGHT = [], []


def bug(f):
    BUGS.append(f)


def right(f):
    RIGHT.append(f)


def found(f):
    lisle.leaks()
    f()
    lisle.run()
    # What the frames below held must be gone before the collection.
    lisle.spawn(lambda: [0] * 100).join()
    reports = []
    for _ in range(3):
        reports += lisle.leaks()
    kinds = {line.split(' at ')[0] + ' in ' + line.rsplit(' in ', 1)[1].split('.')[0] for line in reports}
    return ', '.join(sorted(kinds)) or 'none'


# --- bugs

@bug
def receiver_given_up():
    def wait(c):
        c.receive()
    lisle.tasklet(wait)(lisle.channel())


@bug
def answer_after_the_deadline():
    def answer(c):
        lisle.sleep(0.002)
        c.send('late')

    def ask():
        c = lisle.channel()
        lisle.tasklet(answer)(c)
        try:
            lisle.receive(c, 0.0005)
        except TimeoutError:
            pass
    lisle.tasklet(ask)()


@bug
def pool_never_stopped():
    def work(jobs):
        for job in jobs:
            job()

    def use():
        jobs = lisle.channel()
        for _ in range(3):
            lisle.tasklet(work)(jobs)
        jobs.send(lambda: None)
    lisle.tasklet(use)()


@bug
def producer_abandoned():
    def produce(out):
        for i in range(10):
            out.send(i)

    def consume():
        out = lisle.channel()
        lisle.tasklet(produce)(out)
        for i in out:
            if i == 3:
                break
    lisle.tasklet(consume)()


@bug
def slower_of_two():
    def ask(out, name, turns):
        for _ in range(turns):
            lisle.schedule()
        out.send(name)

    def first_answer():
        out = lisle.channel()
        lisle.tasklet(ask)(out, 'quick', 1)
        lisle.tasklet(ask)(out, 'slow', 5)
        return out.receive()
    lisle.tasklet(first_answer)()


@bug
def lock_thrown_away():
    def wait(lock):
        with lock:
            pass

    def hold():
        lock = threading.Lock()
        lock.acquire()
        lisle.tasklet(wait)(lock)
    lisle.tasklet(hold)()


@bug
def paused_and_forgotten():
    def pause():
        lisle.schedule_remove()
    lisle.tasklet(pause)()


@bug
def two_that_wait_for_each_other():
    def wait(mine, theirs):
        mine.receive()
        theirs.send(1)

    def start():
        a, b = lisle.channel(), lisle.channel()
        lisle.tasklet(wait)(a, b)
        lisle.tasklet(wait)(b, a)
    lisle.tasklet(start)()


# --- the same, done right

@right
def receiver_served():
    c = lisle.channel()
    lisle.tasklet(c.receive)()
    lisle.tasklet(c.send)(1)


@right
def answer_with_room():
    def answer(c):
        lisle.sleep(0.002)
        c.send('late')

    def ask():
        c = lisle.buffered(1)
        lisle.tasklet(answer)(c)
        try:
            lisle.receive(c, 0.0005)
        except TimeoutError:
            pass
    lisle.tasklet(ask)()


@right
def pool_stopped():
    def work(jobs):
        for job in jobs:
            job()

    def use():
        jobs = lisle.channel()
        for _ in range(3):
            lisle.tasklet(work)(jobs)
        jobs.send(lambda: None)
        lisle.schedule()
        lisle.close(jobs)
    lisle.tasklet(use)()


@right
def producer_told():
    def produce(out):
        try:
            for i in range(10):
                out.send(i)
        except ValueError:
            pass

    def consume():
        out = lisle.channel()
        lisle.tasklet(produce)(out)
        for i in out:
            if i == 3:
                lisle.close(out)
                break
    lisle.tasklet(consume)()


@right
def slower_of_two_with_room():
    def ask(out, name, turns):
        for _ in range(turns):
            lisle.schedule()
        out.send(name)

    def first_answer():
        out = lisle.buffered(2)
        lisle.tasklet(ask)(out, 'quick', 1)
        lisle.tasklet(ask)(out, 'slow', 5)
        return out.receive()
    lisle.tasklet(first_answer)()


@right
def lock_released():
    def wait(lock):
        with lock:
            pass

    def hold():
        lock = threading.Lock()
        with lock:
            lisle.tasklet(wait)(lock)
            lisle.schedule()
    lisle.tasklet(hold)()


@right
def paused_and_inserted():
    def pause():
        lisle.schedule_remove()
    t = lisle.tasklet(pause)()
    lisle.run()
    t.insert()


@right
def two_that_talk():
    def wait(mine, theirs, first):
        if first:
            theirs.send(1)
        mine.receive()
        if not first:
            theirs.send(1)

    def start():
        a, b = lisle.channel(), lisle.channel()
        lisle.tasklet(wait)(a, b, True)
        lisle.tasklet(wait)(b, a, False)
    lisle.tasklet(start)()


for f in BUGS:
    print(f'bug {f.__name__}:', found(f))
for f in RIGHT:
    print(f'right {f.__name__}:', found(f))
