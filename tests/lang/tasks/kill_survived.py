# expect: refuses
# expect: True
# expect: goes on
import stackless
def f():
    try:
        stackless.schedule_remove()
    except TaskletExit:
        print("refuses")
    stackless.schedule_remove()
    print("goes on")
t = stackless.tasklet(f)()
stackless.run()
t.kill()
print(t.alive)
t.insert()
stackless.run()
