# expect: None
# expect: spun, other waits
# expect: True
# expect: other
import stackless
state = []
def spin():
    for _ in range(5000):
        pass
    state.append("spun")
    stackless.schedule()
    state.append("again")
a = stackless.tasklet(spin)()
b = stackless.tasklet(print)("other")
print(stackless.run(100, soft=True))
print(*state, "other waits", sep=", ") if len(state) > 1 else print(state[0] + ", other waits")
print(stackless.current.next is b)
stackless.run()
