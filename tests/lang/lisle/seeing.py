# Reports say who is where.
# expect: 1002 tasklets 1002 tasklets
# expect: 1000 receiving wait
# expect: 1 running ps
# expect: 1 sleeping sleep
# expect: 'napper' sleeping wait
# expect: ['main running', '  napper sleeping']
# expect: <task 'napper' sleeping> <module> True
# expect: ["'a' locked", "'b' locked", "'a' again: a deadlock"]
import io
import lisle
import threading

c = lisle.channel()


def wait():
    c.receive()


def nap():
    lisle.sleep(60)


waiting = [lisle.tasklet(wait)() for _ in range(1000)]
napper = lisle.spawn(nap, name='napper')
lisle.schedule()
out = io.StringIO()
lisle.ps(out)
for line in out.getvalue().splitlines():
    print(' '.join(line.split()[:2]), line.rpartition(' in ')[2].partition(',')[0])
print(lisle.why(napper)[0].split(' at ')[0], lisle.get_name(waiting[0]))
out = io.StringIO()
lisle.tree(out)
heads = [line.split(' at ')[0] for line in out.getvalue().splitlines()]
print([head for head in heads if 'napper' in head or 'main' in head])
print(napper, napper.site[2], napper.parent is lisle.main)

first, second = threading.Lock(), threading.Lock()


def take(one, other):
    with one:
        lisle.schedule()
        with other:
            pass


a = lisle.spawn(take, first, second, name='a')
b = lisle.spawn(take, second, first, name='b')
lisle.schedule()
lisle.schedule()
print([line.split(' at ')[0] for line in lisle.why(a)])
for t in waiting + [napper, a, b]:
    t.kill()
