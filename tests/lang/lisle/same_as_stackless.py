# Everything of stackless is there under the other name.
# expect: True True True
# expect: 1 True True
import lisle
import stackless

print(lisle.tasklet is stackless.tasklet, lisle.channel is stackless.channel, lisle.current is stackless.current)
print(lisle.runcount, lisle.main.is_main, lisle.TaskletExit is TaskletExit)
