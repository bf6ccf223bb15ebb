import os
import sys
name = "/tmp/lisle_lang_test_%d.txt" % os.getpid()
with open(name, "w") as f:
    print(f.write("one\ntwo\n"), f.closed)
    f.writelines(["thrée\n", "four"])
print(f.closed)
with open(name) as f:
    print(f.readline(), f.read(3), f.read())
with open(name, "rb") as f:
    print(f.read(4), f.tell(), f.seek(0), f.readlines())
with open(name, "a") as f:
    f.write("!")
for line in open(name, encoding="utf-8"):
    print(repr(line))
os.remove(name)
try:
    open(name)
except FileNotFoundError as e:
    print(e.errno, e.strerror)
try:
    f.read()
except ValueError as e:
    print(e)
