# expect: in f
# expect: back in main, f paused True
# expect: f again
import stackless
main = stackless.getcurrent()
def f():
    print("in f")
    main.switch()
    print("f again")
t = stackless.tasklet(f)()
t.switch()
print("back in main, f paused", t.paused)
t.insert()
stackless.run()
