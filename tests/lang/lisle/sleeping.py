# Sleeping parks the tasklet alone; they wake in the order of their times, and run() waits for them.
# expect: [1, 1, 2, 3, 4, 5] True
import lisle
import time

order = []


def nap(n):
    lisle.sleep(n / 20)
    order.append(n)


for n in (5, 1, 4, 2, 3, 1):
    lisle.tasklet(nap)(n)
start = time.monotonic()
lisle.run()
print(order, time.monotonic() - start < 0.6)
