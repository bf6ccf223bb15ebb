# When several cases can be done, all get their turn.
# expect: True 300
import lisle


def flood(c):
    while True:
        c.send(None)


channels = [lisle.channel() for _ in range(3)]
for c in channels:
    lisle.tasklet(flood)(c)
lisle.schedule()
counts = [0, 0, 0]
for _ in range(300):
    number, _ = lisle.select(channels)
    counts[number] += 1
    lisle.schedule()
print(min(counts) > 50, sum(counts))
