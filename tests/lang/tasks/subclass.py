# expect: 0 worker says hi
# expect: worker False
import stackless
class Named(stackless.tasklet):
    name = "unnamed"
    def describe(self):
        return f"{self.name} {self.alive}"
class Counting(stackless.channel):
    sent = 0
    def send(self, v):
        self.sent += 1
        super().send(v)
def f(word):
    print(c.sent, stackless.getcurrent().name, "says", word)
c = Counting()
t = Named(f)
t.name = "worker"
t("hi")
stackless.run()
print(t.describe())
