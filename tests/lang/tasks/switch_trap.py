# expect: 0
# expect: switch_trap
# expect: 1
# expect: ran
import stackless
stackless.tasklet(lambda: print("ran"))()
print(stackless.switch_trap(1))
try:
    stackless.schedule()
except RuntimeError as error:
    print(error)
print(stackless.switch_trap(-1))
stackless.run()
