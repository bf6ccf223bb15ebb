# modes: -gc a collection at each allocation with a thousand tasklets takes minutes
# expect: main: maximum recursion depth exceeded
# expect: tasklet: maximum recursion depth exceeded
# expect: all woken: 1000
import stackless
woken = 0
c = stackless.channel()
def endless(n):
    return endless(n + 1)
def wait():
    global woken
    c.receive()
    woken += 1
def catch(who):
    try:
        endless(0)
    except RecursionError as error:
        print(f"{who}: {error}")
for _ in range(1000):
    stackless.tasklet(wait)()
stackless.run()
catch("main")
stackless.tasklet(catch)("tasklet")
stackless.run()
for _ in range(1000):
    c.send(None)
stackless.run()
print("all woken:", woken)
