# expect: a
# expect: main
# expect: b
# expect: end
import stackless
def f():
    print("a")
    stackless.schedule()
    print("b")
stackless.tasklet(f)()
stackless.schedule()
print("main")
stackless.schedule()
print("end")
