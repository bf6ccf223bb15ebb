# queue.SimpleQueue: order, blocking, timeouts, and many threads at once.
import queue
import threading
import weakref

q = queue.SimpleQueue()
print(q.empty(), q.qsize(), type(q).__name__, type(q).__module__)
for i in range(5):
    q.put(i)
q.put_nowait('last')
print(q.qsize(), [q.get() for _ in range(3)], q.get_nowait(), q.get(False), q.get(timeout=1), q.empty())
for call in (q.get_nowait, lambda: q.get(False), lambda: q.get(timeout=0), lambda: q.get(True, 0.01)):
    try:
        call()
    except queue.Empty as error:
        print('Empty', error.args, queue.Empty.__module__)
try:
    q.get(timeout=-1)
except ValueError as error:
    print(error)
print(queue.SimpleQueue[int], weakref.ref(q)() is q)

results, count = [], 6


def consume():
    while True:
        item = q.get(timeout=30)
        if item is None:
            return
        results.append(item)


def produce(start):
    for item in range(start, start + 300):
        q.put(item)


consumers = [threading.Thread(target=consume) for _ in range(count)]
producers = [threading.Thread(target=produce, args=(n * 300,)) for n in range(count)]
for thread in consumers + producers:
    thread.start()
for thread in producers:
    thread.join()
for _ in consumers:
    q.put(None)
for thread in consumers:
    thread.join()
print(sorted(results) == list(range(count * 300)), q.empty())

waiting = threading.Thread(target=lambda: results.append(q.get()))
waiting.start()
q.put('woken')
waiting.join()
print(results[-1])
