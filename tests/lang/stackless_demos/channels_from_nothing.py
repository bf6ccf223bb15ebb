# Channels written in the language, of insert(), run(), schedule_remove() and tempval: they do what the builtin does.
# expect: received 0 1 2 3 4 then None
# expect: received 0 1 2 3 4 then None
# expect: the builtin: received 0 1 2 3 4 then None
# expect: True True
import stackless


class Variables:
    """A channel that keeps what is sent beside the sender."""

    def __init__(self):
        self.queue = []
        self.balance = 0
        self.passed = None

    def send(self, value):
        if self.balance < 0:
            self.balance += 1
            self.passed = value
            self.queue.pop(0).run()
        else:
            self.balance += 1
            self.queue.append((stackless.getcurrent(), value))
            stackless.schedule_remove()

    def receive(self):
        if self.balance > 0:
            self.balance -= 1
            sender, value = self.queue.pop(0)
            sender.insert()
            return value
        self.balance -= 1
        self.queue.append(stackless.getcurrent())
        stackless.schedule_remove()
        return self.passed


class Tempvals:
    """A channel that passes values as what the other's schedule_remove() returns."""

    def __init__(self):
        self.queue = []
        self.balance = 0

    def send(self, value):
        if self.balance < 0:
            self.balance += 1
            receiver = self.queue.pop(0)
            receiver.tempval = value
            receiver.run()
        else:
            self.balance += 1
            self.queue.append(stackless.getcurrent())
            stackless.schedule_remove(value)

    def receive(self):
        if self.balance > 0:
            self.balance -= 1
            sender = self.queue.pop(0)
            value, sender.tempval = sender.tempval, None
            sender.insert()
            return value
        self.balance -= 1
        self.queue.append(stackless.getcurrent())
        return stackless.schedule_remove()


def talk(c, first):
    order = []

    def writer():
        for i in range(5):
            order.append(('send', i))
            c.send(i)
        c.send(None)

    def reader():
        got = []
        while (value := c.receive()) is not None:
            order.append(('got', value))
            got.append(value)
        print('received', *got, 'then None')

    for task in (reader, writer) if first == 'reader' else (writer, reader):
        stackless.tasklet(task)()
    stackless.run()
    return order


a, b = talk(Variables(), 'reader'), talk(Tempvals(), 'reader')
print('the builtin: ', end='')
c = talk(stackless.channel(), 'reader')
print(a == c, b == c)
