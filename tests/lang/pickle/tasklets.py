# A tasklet that waits somewhere goes on at the same statement, in a copy as in the original.
# expect: [10, 10]
# expect: paused True alive True
# expect: ['a1', 'a2', 'b1', 'b1']
# expect: [3, 2, 1] [3, 2, 1]
# expect: 5050
# expect: Special 7 note
# expect: received hello
# expect: 1 True True
# expect: sorted [1, 2, 3]
# expect: with exit
# expect: KeyError 'k'
# expect: not started 3
# expect: RuntimeError You cannot __reduce__ the tasklet which is current.
# expect: ended True
import pickle
import stackless


def copy(obj):
    return pickle.loads(pickle.dumps(obj))


results = []


def inner(x, d):
    d['k'] = x
    stackless.schedule_remove()
    return x + d['k']


def worker(i):
    items = [i, str(i), {'a': i}]
    total = 0
    for j in range(3):
        total += inner(i, items[2]) // 3
    results.append(total + 4)


def finish(t):
    while t.alive:
        t.insert()
        stackless.run()


t = stackless.tasklet(worker)(3)
stackless.run()
u = copy(t)
print_alive = u.paused, u.alive
finish(u)
finish(t)
print(results)
print('paused', print_alive[0], 'alive', print_alive[1])

log = []


def two():
    def note(x):
        log.append(x)
    note('a1')
    stackless.schedule_remove()
    note('b1')


t = stackless.tasklet(two)()
stackless.run()
log.append('a2')
u = copy(t)
finish(t)
finish(u)
print(log)

out = []


def by_key(v):
    stackless.schedule_remove()
    return -v


def sorting():
    r = sorted([1, 3, 2], key=by_key)
    out.append(r)


t = stackless.tasklet(sorting)()
stackless.run()
t.insert()
stackless.run()
u = copy(t)
finish(t)
finish(u)
print(*out)


def deep(n):
    if n == 0:
        stackless.schedule_remove()
        return 0
    return n + deep(n - 1)


def run_deep():
    print(deep(100))


t = stackless.tasklet(run_deep)()
stackless.run()
finish(copy(t))


class Special(stackless.tasklet):
    pass


t = Special(lambda: stackless.schedule_remove())()
t.note = 'note'
t.number = 7
stackless.run()
u = copy(t)
print(type(u).__name__, u.number, u.note)


def receiver(c):
    print('received', c.receive())


c = stackless.channel()
t = stackless.tasklet(receiver)(c)
stackless.run()
c2 = copy(c)
c2.send('hello')


class Chan(stackless.channel):
    pass


c = Chan()
c.preference = 1
c.schedule_all = True
c.extra = True
c2 = copy(c)
print(c2.preference, c2.schedule_all == 1, c2.extra)


class Ordered:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        stackless.schedule_remove()
        return self.v < other.v


def compare():
    print('sorted', [o.v for o in sorted([Ordered(3), Ordered(1), Ordered(2)])])


t = stackless.tasklet(compare)()
stackless.run()
finish(copy(t))


class Manager:
    def __enter__(self):
        stackless.schedule_remove()

    def __exit__(self, *args):
        stackless.schedule_remove()
        print('with exit')


def managed():
    with Manager():
        pass


t = stackless.tasklet(managed)()
stackless.run()
u = copy(t)
u.insert()
stackless.run()
finish(copy(u))


def handles():
    try:
        raise KeyError('k')
    except KeyError as e:
        stackless.schedule_remove()
        try:
            raise
        except KeyError as again:
            print(type(again).__name__, again)


t = stackless.tasklet(handles)()
stackless.run()
finish(copy(t))
t = stackless.tasklet(lambda *args, **kw: print('not started', sum(args) + kw['k']))
t.bind(None, (1,), {'k': 2})
finish(copy(t))
try:
    pickle.dumps(stackless.current)
except RuntimeError as e:
    print(type(e).__name__, e)
t = stackless.tasklet(int)()
stackless.run()
print('ended', not copy(t).alive)
