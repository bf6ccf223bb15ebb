# Linked tasklets fail together; monitors are told of an end.
# expect: [("b failed: ValueError('broken')", "ValueError('broken')")]
# expect: c 42 None
# expect: b None ValueError('broken')
# expect: 42
import lisle

log = []


def wait():
    try:
        lisle.channel().receive()
    except lisle.LinkedFailure as e:
        log.append((str(e), repr(e.__cause__)))


def fail():
    lisle.sleep(0.01)
    raise ValueError('broken')


a = lisle.spawn(wait, name='a')
b = lisle.spawn(fail, name='b')
lisle.link(a, b)
news = lisle.buffered(4)
lisle.monitor(b, news)
c = lisle.spawn(lambda: 42, name='c')
lisle.monitor(c, news)
lisle.run()
print(log)
for _ in range(2):
    task, value, exception = news.receive()
    print(task.name, value, repr(exception))
lisle.monitor(c, news)
print(news.receive()[1])
