# expect: 1000
import stackless
def node(source, target):
    while True:
        v = source.receive()
        target.send(v + 1)
first = here = stackless.channel()
for _ in range(100):
    there = stackless.channel()
    stackless.tasklet(node)(here, there)
    here = there
v = 0
for _ in range(10):
    first.send(v)
    v = here.receive()
print(v)
