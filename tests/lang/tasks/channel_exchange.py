# expect: got 0
# expect: got 1
# expect: got 2
# expect: done
import stackless
c = stackless.channel()
def sender():
    for i in range(3):
        c.send(i)
def receiver():
    for i in range(3):
        print("got", c.receive())
    print("done")
stackless.tasklet(sender)()
stackless.tasklet(receiver)()
stackless.run()
