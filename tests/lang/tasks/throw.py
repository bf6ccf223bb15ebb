# expect: caught KeyError('k')
# expect: thrown into a dead one: You cannot throw to a dead tasklet
# expect: pending ValueError('later')
import stackless
def f(word):
    try:
        stackless.schedule_remove()
    except Exception as error:
        print(word, repr(error))
t = stackless.tasklet(f)("caught")
stackless.run()
t.throw(KeyError, "k")
try:
    t.throw(KeyError)
except RuntimeError as error:
    print("thrown into a dead one:", error)
p = stackless.tasklet(f)("pending")
stackless.run()
p.throw(ValueError, ValueError("later"), pending=True)
stackless.run()
