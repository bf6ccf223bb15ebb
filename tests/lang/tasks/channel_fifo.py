# expect: 0 1 2 3 4
import stackless
c = stackless.channel()
for i in range(5):
    stackless.tasklet(c.send)(i)
stackless.run()
print(*[c.receive() for _ in range(5)])
