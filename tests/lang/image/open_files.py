# A file goes on where it was: what was written before the save is on the disk once, and reading goes on behind what
# was read.
# expect: saved
# expect: third line
# expect: ['first', 'second', 'third']
import os
import sys
import tempfile
import lisle.image

folder = tempfile.mkdtemp()
path = os.path.join(folder, "world.img")
source = os.path.join(folder, "source.txt")
with open(source, "w") as file:
    file.write("first line\nsecond line\nthird line\n")
reader = open(source)
reader.readline(), reader.readline()
writer = open(os.path.join(folder, "log.txt"), "w")
writer.write("first\n")
writer.write("second\n")
if not lisle.image.save(path):
    print("saved", flush=True)
    sys.exit(os.waitstatus_to_exitcode(os.system(f"{sys.executable} resume {path}")))
print(reader.readline().rstrip())
writer.write("third\n")
writer.close()
print(open(writer.name).read().split())
