# expect: b
# expect: c
# expect: main
# expect: a
import stackless
def f(n):
    print(n)
a = stackless.tasklet(f)("a")
b = stackless.tasklet(f)("b")
c = stackless.tasklet(f)("c")
b.run()
print("main")
stackless.run()
