# expect: True False
# expect: spun
# expect: inner run returns
# expect: main
import stackless
def spin():
    for _ in range(3000):
        pass
    print("spun")
def inner():
    global s
    s = stackless.tasklet(spin)()
    stackless.run()
    print("inner run returns")
t = stackless.tasklet(inner)()
victim = stackless.run(1000)
print(victim is s, t.scheduled)
victim.insert()
stackless.run()
print("main")
