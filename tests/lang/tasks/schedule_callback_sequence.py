# expect: main>a a>b b>a a>b b>a a>main
# expect: True
# expect: callback raised, scheduling went on
import stackless
names = {stackless.main: "main"}
log = []
currents = []
def callback(previous, following):
    log.append(names[previous] + ">" + names[following])
    currents.append(stackless.current is previous)
stackless.set_schedule_callback(callback)
def f(n):
    for _ in range(n):
        stackless.schedule()
for name, n in (("a", 2), ("b", 1)):
    names[stackless.tasklet(f)(n)] = name
stackless.run()
print(*log)
print(all(currents))
def bad(previous, following):
    raise ValueError("in the callback")
class Quiet:
    def write(self, text): pass
    def flush(self): pass
import sys
kept, sys.stderr = sys.stderr, Quiet()
stackless.set_schedule_callback(bad)
stackless.tasklet(f)(1)
stackless.run()
stackless.set_schedule_callback(None)
sys.stderr = kept
print("callback raised, scheduling went on")
