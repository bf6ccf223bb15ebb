# A thread runs beside the main one until it ends; join() waits for that.
import threading

done = []


def work(n, *, word='x'):
    done.append((n, word, threading.current_thread().name))


threads = [threading.Thread(target=work, args=(i,), kwargs={'word': 'w' * i}, name=f'worker {i}') for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(done))
print([t.is_alive() for t in threads], threading.active_count(), threading.current_thread() is threading.main_thread())
