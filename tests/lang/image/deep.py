# modes: -gc -switch -pickle -image -deopt a collection, switch, pickle or image at each of so many steps takes minutes
# Nested lists, a chain of instances and frames go through an image however deep they are.
# expect: saved
# expect: child says: 200000 200000 100000
import os
import stackless
import sys
import tempfile
import lisle.image


class Node:
    def __init__(self, next):
        self.next = next


def deep(n):
    if n == 0:
        stackless.schedule_remove()
        return 0
    return deep(n - 1) + 1


sys.setrecursionlimit(10**6)
nested = []
chain = None
for _ in range(200000):
    nested, chain = [nested], Node(chain)
out = []
task = stackless.tasklet(lambda: out.append(deep(10**5)))()
stackless.run()
folder = tempfile.mkdtemp()
path = os.path.join(folder, "world.img")
if not lisle.image.save(path, generations=0):
    print("saved", flush=True)
    os.system(f"{sys.executable} resume {path} > {folder}/said")
    for line in open(folder + "/said"):
        print("child says:", line, end="")
    sys.exit()
task.insert()
stackless.run()
lists = nodes = 0
while nested:
    nested, lists = nested[0], lists + 1
while chain:
    chain, nodes = chain.next, nodes + 1
print(lists, nodes, out[0])
