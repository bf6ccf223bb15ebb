# expect: main ends
import stackless
def f():
    try:
        stackless.schedule_remove()
    finally:
        print("never printed")
t = stackless.tasklet(f)()
stackless.run()
stackless.tasklet(lambda: print("nor this"))()
print("main ends")
