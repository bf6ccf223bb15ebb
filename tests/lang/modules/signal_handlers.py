# modes: -image signals call functions of the program: at once, in loops, and where the main thread waits; interval timers end with the process
import os, select, signal, subprocess, sys, threading, time

log = []


def note(number, frame):
    log.append(signal.Signals(number).name)


def taken():
    names, log[:] = sorted(set(log)), []
    return names


for number in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGTERM, signal.SIGCHLD):
    print(signal.signal(number, note) == signal.SIG_DFL, signal.getsignal(number) is note)


def caller():
    os.kill(os.getpid(), signal.SIGUSR1)
    return taken()


print(caller())
signal.raise_signal(signal.SIGUSR2)
print(taken())
started = time.monotonic()
signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(0.3)
print(taken(), time.monotonic() - started >= 0.3)
print(signal.setitimer(signal.ITIMER_REAL, 0.01, 0.25))
while len(log) < 3:
    time.sleep(0.001)
print(signal.setitimer(signal.ITIMER_REAL, 0)[1], signal.getitimer(signal.ITIMER_REAL), taken())
print(signal.alarm(100), signal.alarm(0) > 90)


def too_long(number, frame):
    raise TimeoutError('too long')


def limited(action):
    signal.signal(signal.SIGALRM, too_long)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        action()
    except TimeoutError as error:
        print(action.__name__, error)


def loop():
    while True:
        pass


def sleep():
    time.sleep(60)


def event():
    threading.Event().wait(60)


def wait_for_file():
    select.select([os.pipe()[0]], [], [], 60)


for action in (loop, sleep, event, wait_for_file):
    limited(action)

signal.signal(signal.SIGALRM, note)
taken()


def busy_until_signal():
    while not log:
        pass


thread = threading.Thread(target=busy_until_signal)
thread.start()
signal.setitimer(signal.ITIMER_REAL, 0.02)
thread.join()
print(taken())


def set_elsewhere():
    try:
        signal.signal(signal.SIGUSR1, note)
    except ValueError as error:
        print(error)


thread = threading.Thread(target=set_elsewhere)
thread.start()
thread.join()

print(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1}))
os.kill(os.getpid(), signal.SIGUSR1)
print(taken(), signal.sigpending(), signal.sigwait({signal.SIGUSR1}))
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1}), taken())
print(signal.sigtimedwait({signal.SIGUSR2}, 0.01))
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is note)
os.kill(os.getpid(), signal.SIGUSR1)
print(taken())
signal.signal(signal.SIGINT, note)
signal.raise_signal(signal.SIGINT)
print(taken(), signal.signal(signal.SIGINT, signal.default_int_handler) is note)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt as error:
    print(repr(error))
# Again and again, for a signal that comes before pause() does not end it.
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.25)
signal.pause()
signal.setitimer(signal.ITIMER_REAL, 0)
print(taken())
subprocess.run(['true'])
print(taken())

for wrong in (lambda: signal.signal(0, note), lambda: signal.signal(signal.SIGKILL, note),
              lambda: signal.signal(signal.SIGUSR1, 'text'), lambda: signal.setitimer(9, 1),
              lambda: signal.set_wakeup_fd(99), lambda: signal.alarm('x')):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)


print(signal.strsignal(34), signal.strsignal(15), signal.strsignal(20), len(signal.valid_signals()))
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(7))
os.kill(os.getpid(), signal.SIGTERM)
print('not reached')
