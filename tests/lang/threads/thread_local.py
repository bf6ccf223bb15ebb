# Attributes of threading.local() are each thread's own.
import threading

data = threading.local()
data.x = 'main'
seen = []


def work():
    seen.append(hasattr(data, 'x'))
    data.x = 'thread'
    seen.append(data.__dict__)


t = threading.Thread(target=work)
t.start()
t.join()
print(seen, data.x)


class Counter(threading.local):
    kind = 'class'

    def __init__(self, start):
        seen.append(f'init {start}')
        self.n = start

    @property
    def twice(self):
        return self.n * 2

    @twice.setter
    def twice(self, value):
        self.n = value // 2


c = Counter(5)
c.twice = 80


def count():
    c.n += 1
    seen.append((c.n, c.twice, c.kind))


for _ in range(2):
    t = threading.Thread(target=count)
    t.start()
    t.join()
print(seen[2:], c.n)
del c.n
try:
    c.n
except AttributeError as e:
    print(e)
try:
    del c.n
except AttributeError:
    print('gone')
try:
    threading.local(1)
except TypeError as e:
    print(e)
