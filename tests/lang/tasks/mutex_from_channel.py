# expect: enter a
# expect: leave a
# expect: enter b
# expect: leave b
import stackless
class Mutex:
    def __init__(self):
        self.free = True
        self.waiting = stackless.channel()
    def __enter__(self):
        if not self.free:
            self.waiting.receive()
        self.free = False
    def __exit__(self, *exc):
        self.free = True
        if self.waiting.balance < 0:
            self.waiting.send(None)
m = Mutex()
def f(name):
    with m:
        print("enter", name)
        stackless.schedule()
        print("leave", name)
stackless.tasklet(f)("a")
stackless.tasklet(f)("b")
stackless.run()
