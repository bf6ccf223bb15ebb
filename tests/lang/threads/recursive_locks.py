# An RLock belongs to whoever took it, as often as that.
import threading

lock = threading.RLock()
print(lock.acquire(), lock.acquire(), lock._is_owned())
lock.release()
print(lock._is_owned())
seen = []


def other():
    seen.append(lock.acquire(False))
    try:
        lock.release()
    except RuntimeError as e:
        seen.append(str(e))


t = threading.Thread(target=other)
t.start()
t.join()
lock.release()
print(seen, lock._is_owned())
try:
    lock.release()
except RuntimeError as e:
    print(e)
with lock, lock, lock:
    saved = lock._release_save()
    print(saved[0], lock._is_owned())
    lock._acquire_restore(saved)
print(lock._is_owned(), repr(lock).split(' ')[0])
