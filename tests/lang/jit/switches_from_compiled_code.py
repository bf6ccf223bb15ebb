# Sending, receiving and giving way in compiled loops: values arrive in order, at whatever kind they have.
import stackless


def produce(channel, count, step):
    value = 0
    for i in range(count):
        channel.send(value)
        value += step
    channel.send(None)


def consume(channel, log):
    total = 0
    while True:
        value = channel.receive()
        if value is None:
            break
        total += value
    log.append(total)


def give_way(count, log, name):
    for i in range(count):
        got = stackless.schedule(i)
        if got != i:
            log.append((name, i, got))
    log.append(name)


log = []
for preference in (-1, 0, 1):
    for step in (1, 2**61, 0.5):
        channel = stackless.channel()
        channel.preference = preference
        stackless.tasklet(produce)(channel, 50, step)
        stackless.tasklet(consume)(channel, log)
        stackless.run()
print(log)  # expect: [1225, 2824657686286775091200, 612.5, 1225, 2824657686286775091200, 612.5, 1225, 2824657686286775091200, 612.5]

log = []
for name in "abc":
    stackless.tasklet(give_way)(20, log, name)
stackless.run()
print(log)  # expect: ['a', 'b', 'c']


def receives_until(channel, log):
    got = 0
    try:
        while True:
            got += channel.receive()
    except ValueError as error:
        log.append((got, str(error)))


def ends_others(count):
    log = []
    channel = stackless.channel()
    for turn in range(count):
        stackless.tasklet(receives_until)(channel, log)
        stackless.run()
        for i in range(turn):
            channel.send(i)
        channel.send_exception(ValueError, "enough %d" % turn)
        stackless.run()
    return log


print(ends_others(5))  # expect: [(0, 'enough 0'), (0, 'enough 1'), (1, 'enough 2'), (3, 'enough 3'), (6, 'enough 4')]


def made_in_loops(count):
    seen = []
    for i in range(count):
        stackless.tasklet(seen.append)(i)
        t = stackless.tasklet()
        t.bind(seen.append, (-i,))
        t.insert()
    stackless.run()
    return sum(seen), len(seen)


print(made_in_loops(40))  # expect: (0, 80)


# Killed where compiled code waits.
def waits(channel, log):
    try:
        for i in range(10):
            channel.receive()
    finally:
        log.append("left")


log = []
for i in range(5):
    channel = stackless.channel()
    t = stackless.tasklet(waits)(channel, log)
    stackless.run()
    if i % 2:
        channel.send(1)
    t.kill()
print(log)  # expect: ['left', 'left', 'left', 'left', 'left']
