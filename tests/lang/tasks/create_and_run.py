# expect: before
# expect: a 1 2
# expect: b kw=3
# expect: after
import stackless
def a(x, y):
    print("a", x, y)
def b(kw):
    print(f"b kw={kw}")
stackless.tasklet(a)(1, 2)
stackless.tasklet(b)(kw=3)
print("before")
stackless.run()
print("after")
