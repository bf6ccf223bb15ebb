# schedule(), send() and receive() do the same however they are called.
import functools
import stackless

c = stackless.channel()
log = []


def through(send, *values):
    for v in values:
        send(v)
        log.append("sent")


class Loud(stackless.channel):
    def send(self, value):
        log.append("loud")
        return super().send(value)


def generator(channel):
    for i in range(2):
        yield channel.receive()
        stackless.schedule()


def receiver(channel, count):
    for v in generator(channel):
        log.append(v)
    receive = channel.receive
    for i in range(count - 2):
        log.append(receive())


def exchange(channel, send, count):
    log.clear()
    stackless.tasklet(receiver)(channel, count)
    stackless.tasklet(through)(send, *range(count))
    stackless.run()
    print(log, channel.balance)


exchange(c, c.send, 4)  # expect: [0, 'sent', 1, 'sent', 2, 'sent', 3, 'sent'] 0
exchange(c, lambda v: c.send(v), 3)  # expect: [0, 'sent', 1, 'sent', 2, 'sent'] 0
exchange(c, functools.partial(stackless.channel.send, c), 3)  # expect: [0, 'sent', 1, 'sent', 2, 'sent'] 0
loud = Loud()
exchange(loud, loud.send, 3)  # expect: ['loud', 0, 'sent', 'loud', 1, 'sent', 'loud', 2, 'sent'] 0

for wrong in (
    lambda: c.send(),
    lambda: c.send(1, 2),
    lambda: c.receive(1),
    lambda: stackless.channel.send(3, 4),
    lambda: stackless.channel.receive([]),
    lambda: stackless.schedule(1, 2),
):
    try:
        wrong()
    except TypeError as e:
        print(e)
# expect: channel.send() takes exactly one argument (0 given)
# expect: channel.send() takes exactly one argument (2 given)
# expect: channel.receive() takes no arguments (1 given)
# expect: descriptor 'send' for 'channel' objects doesn't apply to a 'int' object
# expect: descriptor 'receive' for 'channel' objects doesn't apply to a 'list' object
# expect: schedule() takes at most 1 argument (2 given)


# Whoever sends first waits; what receives takes the values in order, and the senders go on behind it.
def sender(i):
    log.append(c.send(i))


log.clear()
for i in range(3):
    stackless.tasklet(sender)(i)
stackless.run()
print([c.receive() for i in range(3)], log, c.balance)  # expect: [0, 1, 2] [] 0
stackless.run()
print(log)  # expect: [None, None, None]


# Results: what was given, else the tasklet itself; whatever tempval was changed to meanwhile.
def scheduler():
    t = stackless.current
    log.append(stackless.schedule() is t)
    log.append(stackless.schedule("given"))
    log.append(stackless.schedule(retval="named"))
    log.append(stackless.schedule("changed by others"))


log.clear()
t = stackless.tasklet(scheduler)()
for i in range(5):
    stackless.schedule()
    t.tempval = "changed" if i == 3 else t.tempval
print(log)  # expect: [True, 'given', 'named', 'changed']

