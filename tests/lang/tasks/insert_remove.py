# expect: b
# expect: then
# expect: a
import stackless
def f(n):
    print(n)
a = stackless.tasklet(f)("a")
b = stackless.tasklet(f)("b")
a.remove()
stackless.run()
print("then")
a.insert()
stackless.run()
