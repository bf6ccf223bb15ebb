# expect: 0 1 2
# expect: [10, 20]
import stackless
c = stackless.channel()
def feed():
    for i in range(3):
        c.send(i)
    c.send_exception(StopIteration)
stackless.tasklet(feed)()
print(*c)
d = stackless.channel()
def consume():
    got = []
    for v in d:
        got.append(v)
        if len(got) == 2:
            break
    print(got)
stackless.tasklet(consume)()
stackless.tasklet(d.send_sequence)([10, 20])
stackless.run()
