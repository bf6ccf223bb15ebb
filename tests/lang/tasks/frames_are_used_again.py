# modes: -pickle where frames were may still be seen by the conservative scan of the stack
# What a tasklet held dies with it, although the memory of its frames serves the next one.
import gc
import stackless
import weakref


class Thing:
    pass


seen = []


def hold(thing, depth):
    if depth:
        return hold(thing, depth - 1)
    seen.append(weakref.ref(thing))
    stackless.schedule()


def rounds(depth):
    for i in range(20):
        stackless.tasklet(hold)(Thing(), depth)
    stackless.run()


rounds(0)
rounds(50)
waiting = stackless.tasklet(hold)  # holds no arguments yet
idle = [stackless.tasklet(lambda *a: None) for i in range(20)]
for t in idle:
    t.bind(None).bind(len, ((),))  # in memory that the dead ones left
gc.collect()
print(len(seen), [r() for r in seen if r() is not None])  # expect: 40 []


def count(channel, n):
    if n:
        return 1 + count(channel, n - 1)
    return channel.receive()


# Stacks that grow and shrink in turns, over the ends of segments that others left.
results = []


def worker(i):
    for n in range(0, 60, 7):
        results.append(count(c, n + i % 5))


c = stackless.channel()
for i in range(30):
    stackless.tasklet(worker)(i)
stackless.run()
while c.balance:
    c.send(1000)
stackless.run()
print(len(results), sum(results))  # expect: 270 278100
