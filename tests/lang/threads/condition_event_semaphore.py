# What threading makes of locks.
import threading

items = []
condition = threading.Condition()
log = []


def consume():
    with condition:
        while not items:
            condition.wait()
        log.append(items.pop())


threads = [threading.Thread(target=consume) for _ in range(3)]
for t in threads:
    t.start()
for i in range(3):
    with condition:
        items.append(i)
        condition.notify()
for t in threads:
    t.join()
print(sorted(log))
with condition:
    print(condition.wait(0.01), condition.wait_for(lambda: True))

event = threading.Event()
waiter = threading.Thread(target=lambda: log.append(event.wait()))
waiter.start()
print(event.is_set(), event.wait(0.01))
event.set()
waiter.join()
print(log[-1], event.wait(0))

gate = threading.BoundedSemaphore(2)
inside = most = 0
guard = threading.Lock()


def enter():
    global inside, most
    with gate:
        with guard:
            inside += 1
            most = max(most, inside)
        for _ in range(2000):
            pass
        with guard:
            inside -= 1


threads = [threading.Thread(target=enter) for _ in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(inside, 1 <= most <= 2)
try:
    gate.release()
except ValueError as e:
    print(e)

barrier = threading.Barrier(3)
order = []
threads = [threading.Thread(target=lambda: order.append(barrier.wait())) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(order))
