# As many turns as the number is large: who has it small comes first.
# expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
import random
import stackless

random.seed(4)
numbers = list(range(20))
random.shuffle(numbers)


def wait_turns(n, out):
    for _ in range(n):
        stackless.schedule()
    out.send(n)


out = stackless.channel()
for n in numbers:
    stackless.tasklet(wait_turns)(n, out)
stackless.run()
got = []
while out.queue:
    got.append(out.receive())
print(got)

