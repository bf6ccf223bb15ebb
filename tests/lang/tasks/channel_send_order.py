# expect: -1 send P A X
# expect: 0 send X A P
# expect: 1 send X A P
# expect: all send A P X
# expect: -1 receive X A P
# expect: 0 receive X A P
# expect: 1 receive P A X
# expect: all receive A P X
import stackless
def experiment(preference, action):
    c = stackless.channel()
    if preference == "all":
        c.schedule_all = 1
    else:
        c.preference = preference
    out = []
    def partner():
        if action == "send":
            c.receive()
        else:
            c.send(None)
        out.append("P")
    def actor():
        if action == "send":
            c.send(None)
        else:
            c.receive()
        out.append("X")
    def bystander():
        out.append("A")
    stackless.tasklet(partner)()
    stackless.run()
    stackless.tasklet(actor)()
    stackless.tasklet(bystander)()
    stackless.run()
    print(preference, action, *out)
for action in ("send", "receive"):
    for preference in (-1, 0, 1, "all"):
        experiment(preference, action)
