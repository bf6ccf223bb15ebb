# A subclass of channel whose receive() gives up after a while, made of what Stackless has: a tasklet of the channel
# throws an exception into those that have waited too long.
# expect: got early
# expect: first gave up
# expect: second got late
# expect: balance 0 waiting []
import stackless
import time


class Expired(Exception):
    pass


class LimitedChannel(stackless.channel):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self.waiting = []

    def guard(self):
        while self.waiting:
            since, tasklet = self.waiting[0]
            left = since + self.limit - time.monotonic()
            if left > 0:
                time.sleep(left)
            elif tasklet.blocked:
                tasklet.throw(Expired, pending=True)
                self.waiting.pop(0)

    def receive(self):
        entry = (time.monotonic(), stackless.getcurrent())
        if self.balance <= 0:
            self.waiting.append(entry)
            if len(self.waiting) == 1:
                stackless.tasklet(self.guard)()
        try:
            return super().receive()
        finally:
            if entry in self.waiting:
                self.waiting.remove(entry)


c = LimitedChannel(0.2)


def reader(name):
    try:
        print(name, c.receive()) if name else print('got', c.receive())
    except Expired:
        print(name, 'gave up')


stackless.tasklet(reader)('')
stackless.schedule()
c.send('early')
stackless.tasklet(reader)('first')
stackless.run()
stackless.tasklet(reader)('second')
stackless.schedule()
c.send('got late')
stackless.run()
print('balance', c.balance, 'waiting', c.waiting)
