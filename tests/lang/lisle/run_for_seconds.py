# run(seconds=) comes back in time, whatever runs; nobody is thrown out of the ring.
# expect: None True True
# expect: None True True
# expect: None True True
# expect: True
# expect: True
# expect: None
import lisle
import time


def spin():
    while True:
        pass


t = lisle.tasklet(spin)()
start = time.monotonic()
for _ in range(3):
    print(lisle.run(seconds=0.02), t.scheduled, t.alive)
print(0.05 < time.monotonic() - start < 5)
t.kill()
# With nobody but sleepers, too.
s = lisle.tasklet(lisle.sleep)(30)
lisle.run(seconds=0.02)
print(s.blocked)
s.kill()
print(lisle.run(seconds=5))
