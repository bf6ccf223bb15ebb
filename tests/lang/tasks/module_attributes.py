# expect: True True 1
# expect: 2
# expect: True False []
# expect: AttributeError
# expect: True
# expect: True 3
# expect: True
# expect: 1
import stackless
print(stackless.current is stackless.getcurrent(), stackless.main is stackless.getmain(), stackless.runcount)
stackless.tasklet(lambda: None)()
print(stackless.runcount)
stackless.run()
print(stackless.threads == stackless.getthreads(), stackless.debug, stackless.uncollectables)
try:
    stackless.current = 5
except AttributeError as error:
    print(type(error).__name__)
print(stackless.stackless is stackless)
info = stackless.get_thread_info()
print(info == (stackless.main, stackless.current, 1), len(info))
print(stackless.enable_softswitch(None))
from stackless import runcount
print(runcount)
