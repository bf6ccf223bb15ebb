# Large texts are written and read in pieces that let other tasklets run; what they change in a dict that is
# being written does not show.
import json
import lisle

data = {'k%d' % i: [i] for i in range(30000)}
expected = dict(data)
turns = 0
busy = True


def watch():
    global turns
    while busy:
        turns += 1
        data.pop('k%d' % (29999 - turns), None)
        data[turns] = turns
        lisle.schedule()


lisle.tasklet(watch)()
lisle.preempt(1000)
text = json.dumps(data)
print(turns > 2)  # expect: True
before = turns
back = json.loads(text)
print(turns - before > 2)  # expect: True
busy = False
print(len(back) >= 29000, all(back[key] == value for key, value in expected.items() if key in back))  # expect: True True
