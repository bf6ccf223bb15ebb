# modes: -image connections and pipes end with the process
# Numbers of descriptors stay: files are at their offsets, a listener listens again at its address, connections and
# pipes answer with EBADF until they are closed.
# expect: saved
# expect: rest
# expect: 9 9
# expect: heard hello
# expect: closed
import errno
import os
import socket
import subprocess
import sys
import tempfile
import lisle.image

folder = tempfile.mkdtemp()
path = os.path.join(folder, "world.img")
with open(os.path.join(folder, "data"), "w") as file:
    file.write("first rest\n")
number = os.open(file.name, os.O_RDONLY)
os.read(number, 6)
ends = os.pipe()
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
address = listener.getsockname()
near, far = socket.socketpair()
if not lisle.image.save(path):
    print("saved", flush=True)
    listener.close()
    sys.exit(subprocess.run([sys.executable, "resume", path]).returncode)
print(os.read(number, 100).decode().strip())


def number_of(call, *arguments):
    try:
        call(*arguments)
    except OSError as error:
        return error.errno


print(number_of(os.read, ends[0], 1), number_of(near.recv, 1))
caller = socket.create_connection(address)
taken, _ = listener.accept()
caller.sendall(b"hello")
print("heard", taken.recv(10).decode())
for one in (near, far, listener, caller, taken):
    one.close()
os.close(ends[0])
os.close(ends[1])
print("closed")
