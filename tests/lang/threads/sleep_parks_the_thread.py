# Sleeping threads wake in the order of their times, and nobody waits for another's sleep.
# modes: -image between two naps a program may be saved and resumed many times, which takes longer than a nap
# modes: -jit so does compiling
import threading
import time

order = []


def nap(seconds):
    time.sleep(seconds)
    order.append(seconds)


threads = [threading.Thread(target=nap, args=(s,)) for s in (0.15, 0.05, 0.1)]
start = time.monotonic()
for t in threads:
    t.start()
for t in threads:
    t.join()
print(order, time.monotonic() - start < 0.29)
