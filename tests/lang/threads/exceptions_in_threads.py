# What a thread raises ends that thread alone, and excepthook hears of it.
import threading
import _thread
import sys

heard = []
threading.excepthook = lambda args: heard.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))


def fail():
    raise ValueError('in the thread')


t = threading.Thread(target=fail, name='T')
t.start()
t.join()
t = threading.Thread(target=sys.exit, args=(3,))
t.start()
t.join()
print(heard)

sys.unraisablehook = lambda args: heard.append((args.exc_type.__name__, args.err_msg))
gate = threading.Event()


def fail_too():
    try:
        raise KeyError(1)
    finally:
        gate.set()


_thread.start_new_thread(fail_too, ())
gate.wait()
while len(heard) < 3:
    pass
print(heard[-1][0])
for wrong in ((1, ()), (fail, []), (fail, (), [])):
    try:
        _thread.start_new_thread(*wrong)
    except TypeError as e:
        print(e)
