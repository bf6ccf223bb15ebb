# expect: True
# expect: same again: True
# expect: a switch renews the budget: True
# expect: total does not: True
import stackless
def spin(counter):
    while True:
        counter[0] += 1
def measure(ticks):
    counter = [0]
    t = stackless.tasklet(spin)(counter)
    victim = stackless.run(ticks)
    assert victim is t and not t.scheduled and t.alive
    t.kill()
    return counter[0]
n = measure(4000)
print(400 < n <= 500)
print("same again:", n == measure(4000) and measure(8000) - n == 500)
def polite():
    for _ in range(50):
        for _ in range(20):
            pass
        stackless.schedule()
stackless.tasklet(polite)()
stackless.tasklet(polite)()
print("a switch renews the budget:", stackless.run(800) is None)
a = stackless.tasklet(polite)()
b = stackless.tasklet(polite)()
print("total does not:", stackless.run(800, totaltimeout=True) in (a, b))
a.kill()
b.kill()
