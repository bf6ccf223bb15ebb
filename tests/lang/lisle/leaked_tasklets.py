# Tasklets that nobody can wake any more are found when they are collected.
# expect: True {'receiving in forgotten'}
import lisle

lisle.leaks()


def forgotten():
    lisle.channel().receive()


for _ in range(3):
    lisle.tasklet(forgotten)()
kept = lisle.channel()
lisle.tasklet(kept.receive)()
lisle.run()
lost = [text for _ in range(3) for text in lisle.leaks()]
print(len(lost) >= 2, {text.split(' at ')[0] + ' in ' + text.split(' in ')[-1] for text in lost})
