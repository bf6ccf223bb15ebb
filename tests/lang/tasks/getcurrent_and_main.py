# expect: True True False True
# expect: 3
# expect: 1
import stackless
def f():
    me = stackless.getcurrent()
    print(me is t, me.is_current, me.is_main, stackless.getmain().is_main)
    print(stackless.getruncount())
t = stackless.tasklet(f)()
stackless.tasklet(lambda: None)()
stackless.tasklet(lambda: None)()
stackless.run()
print(stackless.getruncount())
