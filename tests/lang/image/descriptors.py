# A tasklet that waits for a socket wakes with an error in the process that resumes the image; the numbers of sockets
# and pipes name nothing else there.
# modes: -image its own process ends before that
# expect: saved: data x
# expect: resumed: OSError 9 OSError 9 OSError 9
# expect: file is another: True line
import lisle
import lisle.image
import os
import socket
import sys
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, 'world.img')
a, b = socket.socketpair()
read_end, write_end = os.pipe()
raw = {a.fileno(), b.fileno(), read_end, write_end}


def outcome(f, *args):
    try:
        return 'data ' + f(*args).decode()
    except OSError as e:
        return f'{type(e).__name__} {e.errno}'


waiting = lisle.spawn(outcome, b.recv, 10)
lisle.schedule()
if lisle.image.save(path):
    with open(__file__) as file:
        print('resumed:', waiting.join(), outcome(a.send, b'x'), outcome(os.read, read_end, 1))
        print('file is another:', file.fileno() not in raw, 'line' if file.readline() else '')
        a.close()
else:
    a.send(b'x')
    print('saved:', waiting.join(), flush=True)
    os.system(f'{sys.executable} resume {path}')
    os.unlink(path)
    os.rmdir(folder)
