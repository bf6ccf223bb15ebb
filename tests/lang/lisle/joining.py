# A task keeps its result for whoever joins it.
# expect: worker 0 0
# expect: worker 1 1
# expect: worker 2 4
# expect: worker 3 raised three
# expect: worker 4 16
# expect: 0 True False
# expect: not yet
# expect: sleep was ended
# expect: never began
# expect: ['plain', 'plain']
# expect: a tasklet cannot join itself
import lisle


def work(n):
    lisle.sleep(0.001 * n)
    if n == 3:
        raise ValueError('three')
    return n * n


tasks = [lisle.spawn(work, n, name=f'worker {n}') for n in range(5)]
for t in tasks:
    try:
        print(t.name, t.join())
    except ValueError as e:
        print(t.name, 'raised', e)
print(tasks[0].join(), tasks[0].done, tasks[0].alive)
t = lisle.spawn(lisle.sleep, 50)
try:
    t.join(timeout=0.01)
except TimeoutError:
    print('not yet')
t.kill()
try:
    t.join()
except lisle.Ended as e:
    print(e)
never = lisle.spawn(work, 1)
never.kill()
try:
    never.join()
except lisle.Ended:
    print('never began')
# Two that wait for one; a plain tasklet can be joined too.
plain = lisle.tasklet(lambda: lisle.sleep(0.01) or 'plain')()
others = [lisle.spawn(lisle.join, plain) for _ in range(2)]
print([o.join() for o in others])
try:
    lisle.join(lisle.current)
except RuntimeError as e:
    print(e)
