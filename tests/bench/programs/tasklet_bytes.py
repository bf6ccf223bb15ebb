# What a blocked tasklet takes: its object, and resident memory by the registers of its function.
# tasklet_bytes.py [COUNT]
import stackless
import sys

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


MAKE = """
def wait({names}): channel.receive()
def make():
    for i in range(COUNT): stackless.tasklet(wait)({values})
"""


def maker(arguments):
    names = ", ".join("a%d" % i for i in range(arguments))
    values = ", ".join("i" for i in range(arguments))
    space = dict(globals())
    exec(MAKE.format(names=names, values=values), space)
    return space["make"]


channel = stackless.channel()
print("tasklet object", sys.getsizeof(stackless.tasklet()))
print("channel", sys.getsizeof(channel))
for arguments in 0, 2, 10:
    make = maker(arguments)
    before = resident()
    make()
    stackless.run()
    each = (resident() - before) / COUNT
    print("blocked in a function of %d arguments: %.0f" % (arguments, each))
