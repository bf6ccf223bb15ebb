# Tasklets that wait on channels go through a file, and go on in the copy when the copied channels are sent to.
# expect: boss at work
# expect: carl waits
# expect: bert waits
# expect: boss waits
# expect: saved 3
# expect: loaded 3 [True, True, True] [-1, -1, -1]
# expect: boss hears hello boss
# expect: carl hears hello carl
# expect: bert hears hello bert
# expect: originals still wait: [-1, -1, -1]
import os
import pickle
import stackless
import tempfile


class Worker:
    def __init__(self, name, desk):
        self.name = name
        self.desk = desk

    def work(self):
        print(self.name, 'waits')
        print(self.name, 'hears', self.desk.receive())


class Boss(Worker):
    def __init__(self, name, desk, staff):
        super().__init__(name, desk)
        self.staff = staff

    def work(self):
        print(self.name, 'at work')
        for one in self.staff:
            start(one)
        super().work()


running = []


def start(one):
    task = stackless.tasklet(one.work)()
    running.append(task)
    task.run()


desks = {name: stackless.channel() for name in ('boss', 'carl', 'bert')}
start(Boss('boss', desks['boss'], [Worker('carl', desks['carl']), Worker('bert', desks['bert'])]))

handle, path = tempfile.mkstemp()
try:
    with open(handle, 'wb') as file:
        pickle.dump((running, desks), file)
    print('saved', len(running))
    with open(path, 'rb') as file:
        copies, copied_desks = pickle.load(file)
finally:
    os.unlink(path)
print('loaded', len(copies), [t.blocked for t in copies], [c.balance for c in copied_desks.values()])
for name, desk in copied_desks.items():
    desk.send('hello ' + name)
stackless.run()
print('originals still wait:', [c.balance for c in desks.values()])
