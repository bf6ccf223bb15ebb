# expect: send True 0 False
# expect: receive True 0 False
# expect: schedule_remove True 0 False
# expect: switch True 0 False
# expect: kill True 0 False
# expect: partner waits: -1 True
# expect: got 1
import stackless
c = stackless.channel()
t = stackless.tasklet(lambda: None)
t.bind(lambda: None, ())
d = stackless.channel()
def partner():
    print("got", d.receive())
p = stackless.tasklet(partner)()
stackless.run()
stackless.switch_trap(1)
for name, f in (("send", lambda: c.send(1)), ("receive", c.receive), ("schedule_remove", stackless.schedule_remove),
                ("switch", t.switch), ("kill", t.kill)):
    other = stackless.tasklet(lambda: None)()
    try:
        f()
    except RuntimeError as error:
        assert str(error) == "switch_trap"
    other.remove()
    print(name, stackless.current.scheduled and stackless.runcount == 1, c.balance, t.scheduled)
try:
    d.send(1)
except RuntimeError:
    print("partner waits:", d.balance, p.blocked)
stackless.switch_trap(-1)
d.send(1)
