# expect: True True True
import stackless
def f(): pass
a = stackless.tasklet(f)()
b = stackless.tasklet(f)()
main = stackless.getcurrent()
print(main.next is a, a.next is b, b.next is main and a.prev is main)
stackless.run()
