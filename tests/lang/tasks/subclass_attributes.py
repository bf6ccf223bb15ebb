# expect: 1 {'x': 1}
# expect: 2
# Subclasses of tasklet and channel keep attributes.
import stackless


class T(stackless.tasklet):
    pass


class C(stackless.channel):
    pass


t = T()
t.x = 1
print(t.x, t.__dict__)
c = C()
c.x = 2
print(c.x)
