# Blocked and runnable tasklets, generators in the middle and a half finished sort go on in the other process.
# expect: saved
# expect: worker got [0, 1, 2]
# expect: 3 [4, 5]
# expect: [1, 2, 3]
# expect: ['a', 'b', 'c']
import os
import sys
import tempfile
import stackless
import lisle.image

folder = tempfile.mkdtemp()
path = os.path.join(folder, "world.img")
channel = stackless.channel()


def worker(count):
    print("worker got", [channel.receive() for _ in range(count)])


def numbers():
    yield from range(1, 6)


def key(value):
    if value == 2:
        stop()
    return value


def stop():
    if not lisle.image.save(path):
        print("saved", flush=True)
        sys.exit(os.waitstatus_to_exitcode(os.system(f"{sys.executable} resume {path}")))


stackless.tasklet(worker)(3)
stackless.run()
letters = []
stackless.tasklet(lambda: letters.extend("abc"))()
iterator = numbers()
next(iterator), next(iterator)
in_order = sorted([3, 1, 2], key=key)
for i in range(3):
    channel.send(i)
print(next(iterator), list(iterator))
print(in_order)
stackless.run()
print(letters)
