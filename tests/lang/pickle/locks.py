# Locks go with who has them and who waits for them; what a pickle says wrongly is refused.
# expect: True False
# expect: waits [] True
# expect: second got it
# expect: False
# expect: 2
# expect: bad state of '_thread.lock' object in pickle
import _thread
import pickle
import stackless

lock = _thread.allocate_lock()
free = pickle.loads(pickle.dumps(lock))
done = []


def hold(lock):
    lock.acquire()
    stackless.schedule_remove()
    lock.release()


def want(lock):
    with lock:
        print('second got it')


first, second = stackless.tasklet(hold)(lock), stackless.tasklet(want)(lock)
stackless.run()
print(lock.locked(), free.locked())
lock, first, second = pickle.loads(pickle.dumps((lock, first, second)))
print('waits', done, second.blocked)
first.insert()
stackless.run()
print(lock.locked())


def twice(lock):
    with lock, lock:
        stackless.schedule_remove()
        print(lock._release_save()[0])


deep = _thread.RLock()
owner = stackless.tasklet(twice)(deep)
stackless.run()
owner = pickle.loads(pickle.dumps(owner))
owner.insert()
try:
    stackless.run()
except RuntimeError:
    pass
try:
    pickle.loads(pickle.dumps(_thread.allocate_lock()).replace(b'NK\x00', b'NK\x01'))
except pickle.UnpicklingError as error:
    print(error)
