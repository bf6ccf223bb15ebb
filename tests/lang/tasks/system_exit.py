# expect: before
# exit: 3
import stackless
import sys
print("before")
stackless.tasklet(sys.exit)(3)
stackless.run()
print("never")
