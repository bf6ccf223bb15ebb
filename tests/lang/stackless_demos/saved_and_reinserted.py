# A game server's trick: a tasklet at work is pickled, killed, read back and goes on where it was, again and again.
# expect: begun
# expect: killed
# expect: killed
# expect: killed
# expect: turns went on: True
# expect: sum is right: True
import pickle
import stackless

turnstile = stackless.channel()


def worker(limit):
    print('begun')
    total = 0
    try:
        for i in range(limit):
            total += i
            turnstile.receive()
    except TaskletExit:
        print('killed')
        raise
    result.append(total)


result = []
task = stackless.tasklet(worker)(40)
task.run()
turns = 0
while not result:
    turnstile.send(None)
    turns += 1
    if turns % 10 == 0 and turns < 40:
        data = pickle.dumps((task, turnstile))
        task.kill()
        task, turnstile_copy = pickle.loads(data)
        turnstile = turnstile_copy
print('turns went on:', turns == 40)
print('sum is right:', result == [sum(range(40))])
