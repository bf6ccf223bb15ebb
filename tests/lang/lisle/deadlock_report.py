# A deadlock error says who waits where.
# expect: Deadlock: the last runnable tasklet cannot be blocked.
# expect: 3 tasklets receiving worker, on the channel
# expect: 1 tasklet running <module>
import lisle

c = lisle.channel()


def worker():
    c.receive()


for _ in range(3):
    lisle.tasklet(worker)()
lisle.schedule()
try:
    c.receive()
except RuntimeError as e:
    print(e)
    for note in e.__notes__:
        print(note.split(' at ')[0], note.split(' in ')[-1].split(' at 0x')[0])
