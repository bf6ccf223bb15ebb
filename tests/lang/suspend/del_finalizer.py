# expect: del starts
# expect: del got 5
# expect: end
import gc
import stackless
c = stackless.channel()
class D:
    def __del__(self):
        print("del starts")
        print("del got", c.receive())
def make():
    D()
def test():
    make()
    gc.collect()
def sender():
    c.send(5)
stackless.tasklet(test)()
stackless.tasklet(sender)()
stackless.run()
print("end")
