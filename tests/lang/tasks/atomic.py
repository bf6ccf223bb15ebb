# expect: False True False
# expect: True
# expect: inside done, not after
import stackless
state = []
def f():
    me = stackless.current
    flags.append(me.atomic)
    with stackless.atomic():
        flags.append(me.atomic)
        for i in range(2000):
            pass
        state.append("inside done")
    flags.append(me.atomic)
    for i in range(100000):
        pass
    state.append("after")
flags = []
t = stackless.tasklet(f)()
victim = stackless.run(100)
if len(flags) == 2:
    flags.append(t.atomic)
print(*flags)
print(victim is t)
print(state[0] + ", not after" if state == ["inside done"] else state)
t.kill()
