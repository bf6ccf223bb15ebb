# modes: -gc a collection at each allocation of many frames takes minutes
# expect: 50000
import stackless
import sys
sys.setrecursionlimit(100000)
c = stackless.channel()
def down(n):
    if n == 0:
        c.receive()
        return 0
    return 1 + down(n - 1)
total = 0
def run(n):
    global total
    depth = down(n)
    total += depth
for _ in range(10):
    stackless.tasklet(run)(5000)
stackless.run()
for _ in range(10):
    c.send(None)
stackless.run()
print(total)
