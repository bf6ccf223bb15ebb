# run(threadblock=True) waits for others to wake somebody, and is over when nobody can; while a thread waits for
# another to start or end, its tasklets rest.
# expect: served [0, 1, 2]
# expect: run is over True
# expect: [1, 1]
# expect: [1, 1, 2, 2]
# expect: spinning ends True
# expect: threads True
import stackless
import sys
import threading

requests = stackless.channel()
served, over = [], []


def serve():
    for value in requests:
        served.append(value)


def server():
    stackless.tasklet(serve)()
    stackless.run(threadblock=True)
    over.append(True)


thread = threading.Thread(target=server)
thread.start()
for i in range(3):
    requests.send(i)
requests.send_exception(StopIteration)
thread.join()
print('served', served)
print('run is over', over == [True])

counts = []


def count():
    counts.extend((stackless.runcount, stackless.getruncount()))


t = stackless.tasklet(count)()
thread = threading.Thread(target=count)
thread.start()
thread.join()
print(counts)
t.run()
print(counts)

# A thread that spins until a tasklet of the waiting thread has run does not wait for ever.
seen = []
stackless.tasklet(seen.append)(1)


def spin():
    while not seen:
        pass


thread = threading.Thread(target=spin)
thread.start()
thread.join()
print('spinning ends', seen == [1])
print('threads', sorted(sys._current_frames()) == stackless.threads == [threading.get_ident()])
