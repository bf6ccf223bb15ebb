# A scheduler of three lines makes tasklets take turns that never give way by themselves; what must not be torn apart
# is atomic.
# expect: 300 300 300
# expect: took turns True
# expect: pairs whole True
import stackless

out = []


def printer(name):
    for i in range(300):
        with stackless.atomic():
            out.append((name, i, 'first'))
            out.append((name, i, 'second'))


def take_turns(ticks):
    while stackless.runcount > 1:
        stopped = stackless.run(ticks)
        if stopped:
            stopped.insert()


for name in ('one', 'two', 'three'):
    stackless.tasklet(printer)(name)
take_turns(200)
names = [name for name, i, half in out if half == 'first']
print(names.count('one'), names.count('two'), names.count('three'))
changes = sum(a != b for a, b in zip(names, names[1:]))
print('took turns', changes > 10)
print('pairs whole', all(out[i][:2] == out[i + 1][:2] for i in range(0, len(out), 2)))
