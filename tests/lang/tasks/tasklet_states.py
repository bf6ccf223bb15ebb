# expect: new False False False False
# expect: bound True False False True
# expect: blocked True True True False
# expect: dead False False False False
import stackless
c = stackless.channel()
def f(x):
    c.receive()
def show(word):
    print(word, t.alive, t.blocked, t.scheduled, t.paused)
t = stackless.tasklet()
show("new")
t.bind(f, (1,))
show("bound")
t.insert()
stackless.run()
show("blocked")
c.send(None)
stackless.run()
show("dead")
