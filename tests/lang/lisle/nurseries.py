# The tasks of a nursery have ended when its block has.
# expect: 3 []
# expect: [1, 2, 3]
# expect: ExceptionGroup('tasks of a nursery failed', [ValueError('one')]) ['cancelled']
# expect: (KeyError('block'),) ['cancelled']
# expect: ['0', '1', '2', '3', 'sibling', 'sibling', 'sibling']
# expect: cancelled without a word cancelled
# expect: the nursery is closed
import lisle

done = []


def work(n):
    lisle.sleep(n / 20)
    done.append(n)


with lisle.nursery() as n:
    for i in (3, 1, 2):
        n.spawn(work, i)
    print(len(n.tasks), done)
print(done)

# The first failure cancels the others.


def fail(text):
    lisle.sleep(0.001)
    raise ValueError(text)


def patient():
    try:
        lisle.sleep(50)
    except lisle.Cancelled:
        done.append('cancelled')
        raise


try:
    with lisle.nursery() as n:
        n.spawn(patient)
        n.spawn(fail, 'one')
        lisle.sleep(50)
        print('not reached')
except ExceptionGroup as group:
    print(repr(group), done[3:])

# So does the block's own.
try:
    with lisle.nursery() as n:
        n.spawn(patient)
        lisle.schedule()
        raise KeyError('block')
except* KeyError as group:
    print(group.exceptions, done[4:])

# Tasks may start more of them; nurseries nest.


def grow(n, depth):
    done.append(depth)
    if depth:
        with lisle.nursery() as inner:
            inner.spawn(grow, inner, depth - 1)
            n.spawn(done.append, 'sibling')


done.clear()
with lisle.nursery() as n:
    n.spawn(grow, n, 3)
print(sorted(map(str, done)))
with lisle.nursery() as n:
    n.spawn(patient)
    lisle.schedule()
    n.cancel()
print('cancelled without a word', done[-1])
try:
    n.spawn(patient)
except RuntimeError as e:
    print(e)
