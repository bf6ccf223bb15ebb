# A heap that was large for a while gives its memory back to the system.
# modes: -gc clears the large heap at each of many thousand collections
import gc


def resident():
    # Without what is mapped of files, such as the compiler.
    with open("/proc/self/status") as f:
        for line in f:
            if line.startswith("RssAnon"):
                return int(line.split()[1]) * 1024


def grow():
    things = [bytes(7000) for i in range(9000)]
    return resident()


before = resident()
full = grow()
for i in range(2):
    gc.collect()
after = resident()
print(full - before > 60_000_000)  # expect: True
print(after - before < 30_000_000)  # expect: True
