# expect: inner run goes on
# expect: True
import stackless
def spin():
    while True:
        pass
def inner():
    t = stackless.tasklet(lambda: [None for _ in range(300)])()
    stackless.run(10)
    print("inner run goes on")
    spin()
t = stackless.tasklet(inner)()
print(stackless.run(16000) is t)
t.kill()
