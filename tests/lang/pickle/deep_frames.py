# modes: -gc -switch -pickle -image -deopt a collection, switch or pickle at each of so many steps takes minutes
# A chain of 200,000 instances, and the 10^5 frames of a suspended recursion, are pickled and read without recursion.
# expect: 200000 19999900000
# expect: 100000
import copy
import pickle
import stackless
import sys


class Node:
    def __init__(self, number, next):
        self.number, self.next = number, next


chain = None
for number in range(200000):
    chain = Node(number, chain)
back = pickle.loads(pickle.dumps(chain))
count = total = 0
while back:
    count, total, back = count + 1, total + back.number, back.next
print(count, total)

sys.setrecursionlimit(10**6)


def deep(n):
    if n == 0:
        stackless.schedule_remove()
        return 0
    return deep(n - 1) + 1


def start():
    print(deep(10**5))


task = stackless.tasklet(start)()
stackless.run()
again = pickle.loads(pickle.dumps(task))
task.kill()
again.insert()
stackless.run()
