# Trono's problem: Santa is woken by nine reindeer or by three elves; agents talk through channels only.
# expect: toys delivered 3 times by 9 each
# expect: meetings of 3 elves 5 times
# expect: nobody was in two places: True
import lisle
import random
import stackless

random.seed(11)


class Agent:
    def __init__(self):
        self.door = stackless.channel()
        stackless.tasklet(self.live)()

    def live(self):
        while True:
            self.act()


class Santa(Agent):
    def __init__(self):
        super().__init__()
        self.log = []

    def act(self):
        kind, visitors = self.door.receive()
        self.log.append((kind, len(visitors)))
        for visitor in visitors:
            visitor.send(kind)


class Secretary(Agent):
    def __init__(self, santa, kind, count):
        super().__init__()
        self.santa, self.kind, self.count = santa, kind, count
        self.visitors = []

    def act(self):
        self.visitors.append(self.door.receive())
        if len(self.visitors) == self.count:
            self.santa.door.send((self.kind, self.visitors))
            self.visitors = []


class Worker(Agent):
    out = 0
    wrong = 0

    def __init__(self, secretary):
        super().__init__()
        self.secretary = secretary

    def act(self):
        lisle.sleep(random.random() / 1000)
        self.secretary.door.send(self.door)
        if self.door.receive() != self.secretary.kind:
            Worker.wrong += 1


santa = Santa()
elves, reindeer = Secretary(santa, 'elves', 3), Secretary(santa, 'reindeer', 9)
workers = [Worker(elves) for _ in range(10)] + [Worker(reindeer) for _ in range(9)]
while True:
    lisle.run(seconds=0.005)
    visits = [kind for kind, count in santa.log]
    if visits.count('reindeer') >= 3 and visits.count('elves') >= 5:
        break
print('toys delivered 3 times by 9 each' if santa.log.count(('reindeer', 9)) >= 3 else santa.log)
print('meetings of 3 elves 5 times' if santa.log.count(('elves', 3)) >= 5 else santa.log)
print('nobody was in two places:', Worker.wrong == 0)
