# Blocks that are left when their time is over, wherever they wait.
# expect: True 0
# expect: False
# expect: not done after 0.01 s
# expect: cleaning up
# expect: True
# expect: True
# expect: True
# expect: False
import lisle
import time

c = lisle.channel()
with lisle.move_on_after(0.01) as scope:
    c.receive()
    print('not reached')
print(scope.cancelled, c.balance)
with lisle.move_on_after(5) as scope:
    lisle.sleep(0.001)
print(scope.cancelled)
try:
    with lisle.timeout(0.01):
        lisle.sleep(5)
except TimeoutError as e:
    print(e)

# The outer one ends first.
with lisle.move_on_after(0.01) as outer:
    with lisle.timeout(5):
        try:
            c.receive()
        finally:
            print('cleaning up')
print(outer.cancelled)

# Cancelled by another tasklet; a loop that only gives way is left as well.
with lisle.cancel_scope() as scope:
    lisle.tasklet(scope.cancel)()
    while True:
        lisle.schedule()
print(scope.cancelled)
with lisle.move_on_after(0.01) as scope:
    while True:
        lisle.schedule()
print(scope.cancelled)
# A scope that is over leaves nothing behind.
with lisle.cancel_scope() as scope:
    scope.cancel()
lisle.sleep(0.001)
print(scope.cancelled)
