# expect: 1 [2] {'a': 1, 'b': [2]}
# expect: slot
# expect: {'x': 5}
# expect: tasklet has no attributes
import gc
import stackless
class T(stackless.tasklet):
    pass
class S(stackless.tasklet):
    __slots__ = ("place",)
class C(stackless.channel):
    pass
t = T(print)
t.a = 1
t.b = [2]
gc.collect()
print(t.a, t.b, t.__dict__)
s = S()
s.place = "slot"
gc.collect()
print(s.place)
c = C()
c.x = 5
print(c.__dict__)
try:
    stackless.tasklet().x = 1
except AttributeError:
    print("tasklet has no attributes")
