# modes: -gc a collection at each allocation with many tasklets takes minutes
# expect: 49995000
import stackless
c = stackless.channel()
total = 0
def leaf(i):
    c.send(i)
def collect(n):
    global total
    for _ in range(n):
        total += c.receive()
for i in range(10000):
    stackless.tasklet(leaf)(i)
stackless.tasklet(collect)(10000)
stackless.run()
print(total)
