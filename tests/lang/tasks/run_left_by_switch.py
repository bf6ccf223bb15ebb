# expect: main is back early
# expect: b goes on
# expect: no second wake
import stackless
main = stackless.main
def a():
    main.run()
    print("b goes on")
t = stackless.tasklet(a)()
stackless.run()
print("main is back early")
stackless.run()
print("no second wake")
