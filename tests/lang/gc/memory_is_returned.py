# A heap that was large for a while gives its memory back to the system.
# modes: -gc clears the large heap at each of many thousand collections
# modes: -hot what is mapped of the compiler counts as well
import gc


def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


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
