# The end of a task is told, whatever the size of its first frame and however it was called.
# expect: 3 [1, 2] (1, 2, 3) 12 6
# expect: True
# expect: ValueError('no') ValueError('no')
import lisle


def three(a, b=None, c=3):
    x = lisle.schedule_remove()
    return c


def stars(*args, **kw):
    lisle.schedule_remove()
    return args + tuple(kw.values())


def plain(a):
    lisle.schedule_remove()
    return [a, a + 1]


def many(a, b, c, d=4, e=5):
    lisle.schedule_remove()
    return a + b + c + (d - d) + (e - e) + 6


def fails(a=1, b=2, c=3, d=4):
    lisle.schedule_remove()
    raise ValueError('no')


def raised(t):
    try:
        t.join()
    except ValueError as e:
        return e


def finish(tasks):
    lisle.run()
    for t in tasks:
        t.insert()
    lisle.run()
    return [t.join() for t in tasks]


print(*finish([lisle.spawn(three, 1), lisle.spawn(plain, 1), lisle.spawn(stars, 1, 2, x=3),
               lisle.spawn(many, 1, c=3, b=2), lisle.spawn(lambda a=6: (lisle.schedule_remove(), a)[1])]))
print(finish([lisle.spawn(three, i) for i in range(200)]) == [3] * 200)
tasks = [lisle.spawn(fails), lisle.spawn(fails, 1, d=2)]
lisle.run()
for t in tasks:
    t.insert()
lisle.run()
print(*map(repr, map(raised, tasks)))
