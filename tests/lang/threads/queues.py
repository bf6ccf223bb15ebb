# Queues between producers and consumers, with time limits.
import queue
import threading

q = queue.Queue(maxsize=2)
got = []


def consume():
    while (item := q.get()) is not None:
        got.append(item)
        q.task_done()
    q.task_done()


threads = [threading.Thread(target=consume) for _ in range(2)]
for t in threads:
    t.start()
for i in range(20):
    q.put(i)
q.join()
for _ in threads:
    q.put(None)
for t in threads:
    t.join()
print(sorted(got) == list(range(20)), q.empty())
for call in (lambda: q.get(False), lambda: q.get(timeout=0.01)):
    try:
        call()
    except queue.Empty:
        print('empty')
q.put(1)
q.put(2)
try:
    q.put(3, timeout=0.01)
except queue.Full:
    print('full')
s = queue.SimpleQueue()
threading.Thread(target=lambda: s.put('from the thread')).start()
print(s.get(timeout=5))
p = queue.PriorityQueue()
for n in (3, 1, 2):
    p.put(n)
print([p.get() for _ in range(3)])
