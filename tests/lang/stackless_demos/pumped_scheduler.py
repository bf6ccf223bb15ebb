# The other classic: tasklets that give way wait on one channel, and the main loop pumps each of them once a round,
# with a watchdog against those that do not give way.
# expect: odd 5 even 4 odd 3 even 2 odd 1
# expect: rounds >= 3 True
# expect: hog was stopped True
# expect: hog counted 300000
import stackless
import time

turnstile = stackless.channel()
sleepers = []
log = []


def give_way():
    turnstile.receive()


def sleep(seconds):
    bell = stackless.channel()
    sleepers.append((time.monotonic() + seconds, len(log), bell))
    sleepers.sort()
    bell.receive()


def pump():
    """One round: each that waits now once, then the sleepers whose time has come. Who did not give way, or None."""
    for _ in range(-turnstile.balance):
        turnstile.send(None)
    while sleepers and sleepers[0][0] <= time.monotonic():
        sleepers.pop(0)[2].send(None)
    return stackless.run(100000)


done = []


def player(n):
    while n:
        if n % 2:
            log.append(f'odd {n}')
            give_way()
        else:
            log.append(f'even {n}')
            sleep(0.002)
        n -= 1
    done.append(True)


stackless.tasklet(player)(5)
rounds = 0
while not done:
    pump()
    rounds += 1
print(*log)
print('rounds >= 3', rounds >= 3)

counted = 0


def hog():
    global counted
    for _ in range(300000):
        counted += 1


stackless.tasklet(hog)()
stopped = pump()
print('hog was stopped', stopped is not None and stopped.alive)
while stopped is not None:
    stopped.insert()
    stopped = pump()
print('hog counted', counted)
