# expect: first
# expect: True False
# expect: second
import stackless
def f():
    print("first")
    stackless.schedule_remove()
    print("second")
t = stackless.tasklet(f)()
stackless.run()
print(t.paused, t.scheduled)
t.insert()
stackless.run()
