# Five producers and five consumers around a queue with few places; a stop for each consumer at the end.
# expect: 100 made 100 taken
# expect: each once True
# expect: never more than 4 waiting True
import stackless


class Shelf:
    """A queue with room for some items, of two channels on which those wait who have to."""

    def __init__(self, room):
        self.items = []
        self.room = room
        self.most = 0
        self.space, self.goods = stackless.channel(), stackless.channel()
        self.space.preference = self.goods.preference = 0

    def put(self, item):
        while len(self.items) >= self.room:
            self.space.receive()
        self.items.append(item)
        self.most = max(self.most, len(self.items))
        if self.goods.balance < 0:
            self.goods.send(None)

    def take(self):
        while not self.items:
            self.goods.receive()
        item = self.items.pop(0)
        if self.space.balance < 0:
            self.space.send(None)
        return item


def produce(number):
    for i in range(20):
        shelf.put((number, i))
        made.append((number, i))
        if i % 3 == number % 3:
            stackless.schedule()


def consume():
    while (item := shelf.take()) is not None:
        taken.append(item)


shelf = Shelf(4)
made, taken = [], []
producers = [stackless.tasklet(produce)(n) for n in range(5)]
for _ in range(5):
    stackless.tasklet(consume)()


def finish():
    while any(t.alive for t in producers):
        stackless.schedule()
    for _ in range(5):
        shelf.put(None)


stackless.tasklet(finish)()
stackless.run()
print(len(made), 'made', len(taken), 'taken')
print('each once', sorted(made) == sorted(taken) == [(n, i) for n in range(5) for i in range(20)])
print('never more than 4 waiting', shelf.most <= 4)
