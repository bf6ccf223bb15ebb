# expect: a0 b0 c0 a1 b1 c1 a2 b2 c2
import stackless
out = []
def worker(name):
    for i in range(3):
        out.append(f"{name}{i}")
        stackless.schedule()
for name in "abc":
    stackless.tasklet(worker)(name)
stackless.run()
print(*out)
