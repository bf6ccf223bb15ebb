# expect: started
# expect: cleanup
# expect: False
# expect: False
import stackless
def f():
    print("started")
    try:
        stackless.schedule_remove()
    finally:
        print("cleanup")
t = stackless.tasklet(f)()
stackless.run()
t.kill()
print(t.alive)
never = stackless.tasklet(f)()
never.kill()
print(never.alive)
