# Locks exclude; acquire() can give up at once or after a time.
import _thread
import threading
import time

lock = _thread.allocate_lock()
print(lock.locked(), lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=False))
start = time.monotonic()
print(lock.acquire(timeout=0.05), 0.04 < time.monotonic() - start < 5)
print(lock.acquire(True, 0))
lock.release()
print(lock.locked())
for wrong in ((False, 1), (True, -2), (True, float('nan')), (True, 1e300), (True, 'x')):
    try:
        lock.acquire(*wrong)
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
try:
    lock.release()
except RuntimeError as e:
    print(e)
with lock as taken:
    print(taken, lock.locked(), repr(lock).split(' at ')[0])
print(repr(lock).split(' at ')[0])
try:
    type(lock)()
except TypeError as e:
    print('no instances')

# Lost updates would show without the lock.
total = 0


def add(n):
    global total
    for _ in range(n):
        with lock:
            seen = total
            for _ in range(3):
                pass
            total = seen + 1


threads = [threading.Thread(target=add, args=(300,)) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total)
