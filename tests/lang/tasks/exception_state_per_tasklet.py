# expect: a KeyError
# expect: b None
# expect: a still KeyError
import stackless
import sys
def a():
    try:
        {}["x"]
    except KeyError:
        print("a", sys.exc_info()[0].__name__)
        stackless.schedule()
        print("a still", sys.exc_info()[0].__name__)
def b():
    print("b", sys.exc_info()[0])
stackless.tasklet(a)()
stackless.tasklet(b)()
stackless.run()
