# The frames of tasklets that wait can be looked at on both sides of a save, and those tasklets go on.
# expect: inner wait [1, 11, 21]
# expect: child says: inner wait [1, 11, 21]
import os
import sys
import tempfile
import lisle.image
import stackless

folder = tempfile.mkdtemp()
path = os.path.join(folder, "world.img")
channel = stackless.channel()
out = []


def inner(n):
    return channel.receive() * n


def wait(n):
    return inner(n) + 1


tasklets = [stackless.tasklet(lambda n=n: out.append(wait(n)))() for n in range(3)]
stackless.run()
known = tasklets[2].frame
resumed = lisle.image.save(path)
frame = tasklets[1].frame
print(frame.f_code.co_name, frame.f_back.f_code.co_name, end=" ")
assert tasklets[2].frame is known and frame.f_locals == {"n": 1}
for _ in tasklets:
    channel.send(10)
print(out, flush=True)
if not resumed:
    os.system(f"{sys.executable} resume {path} > {folder}/said")
    for line in open(folder + "/said"):
        print("child says:", line, end="")
