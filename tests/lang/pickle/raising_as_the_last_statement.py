# A tasklet that waits in the class that a function raises as its last instruction.
# expect: True
# expect: TypeError
import pickle
import stackless


class Odd(BaseException):
    def __new__(cls):
        stackless.schedule()
        return 1


def raise_class():
    raise Odd


def attempt():
    try:
        raise_class()
    except BaseException as e:
        print(type(e).__name__)


t = stackless.tasklet(attempt)()
t.run()
data = pickle.dumps(t)
print(t.alive)
t.remove()
pickle.loads(data).insert()
stackless.run()
