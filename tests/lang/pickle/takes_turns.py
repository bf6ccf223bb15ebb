# Pickling and reading much plain data lets other tasklets run, and data that they change meanwhile is written
# as it is found.
import pickle
import lisle

data = list(range(100000)) + [{'k': i} for i in range(30)]
turns = 0
busy = True


def watch():
    global turns
    while busy:
        turns += 1
        lisle.schedule()


def turns_during(operation):
    before = turns
    result = operation()
    return turns - before, result


lisle.tasklet(watch)()
lisle.schedule()
lisle.preempt(1000)
count, written = turns_during(lambda: pickle.dumps(data))
print(count > 2)  # expect: True
count, back = turns_during(lambda: pickle.loads(written))
print(count > 2)  # expect: True
print(back == data)  # expect: True


def grow():
    while busy:
        data.append(0)
        lisle.schedule()


lisle.tasklet(grow)()
size = len(data)
written = pickle.dumps(data)
print(pickle.loads(written)[:size] == data[:size])  # expect: True
busy = False
