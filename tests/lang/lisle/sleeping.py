# Sleeping parks the tasklet alone; they wake in the order of their times, and run() waits for them.
# expect: [1, 1, 2, 3, 4, 5]
import lisle
import time

order = []
start = time.monotonic() + 0.5


def nap(n):
    lisle.sleep(start + n / 100 - time.monotonic())
    order.append(n)


for n in (5, 1, 4, 2, 3, 1):
    lisle.tasklet(nap)(n)
lisle.run()
print(order)
