# modes: -image its sockets end with the process
# A tasklet that waits for a descriptor lets the others run.
import os
import select
import socket
import time

import stackless

log = []
a, b = socket.socketpair()


def reader():
    log.append('reads')
    log.append(b.recv(100))


def sleeper():
    for i in range(3):
        log.append(i)
        time.sleep(0.01)
    a.sendall(b'at last')


stackless.tasklet(reader)()
stackless.tasklet(sleeper)()
stackless.run()
print(log)  # expect: ['reads', 0, 1, 2, b'at last']

# Several descriptors, with a limit; the tasklet can be killed while it waits.
r, w = os.pipe()
seen = []


def waits(timeout):
    try:
        seen.append(len(select.select([r], [], [], timeout)[0]))
    except stackless.TaskletExit:
        seen.append('killed')
        raise


stackless.tasklet(waits)(0.01)
t = stackless.tasklet(waits)(None)
stackless.schedule()
print(t.blocked, seen)  # expect: True []
t.kill()
stackless.run()
print(seen)  # expect: ['killed', 0]
os.write(w, b'x')
stackless.tasklet(waits)(None)
stackless.run()
print(seen)  # expect: ['killed', 0, 1]
