# What other tasklets see and do of a long list while it is sorted in pieces.
# expect: seen empty True
# expect: list modified during sort
# expect: sorted all the same True
# expect: undisturbed True
# expect: stable True
# expect: keys that cannot be compared: '<' not supported between instances of 'str' and 'int'
# expect: items stay 70001
# expect: extended while another reads True
# expect: dropped in the middle
import lisle

N = 70000
seen = set()
busy = True


def during(operation, other):
    """Run both by turns, `other` again and again."""
    done = []

    def first():
        try:
            done.append(operation())
        except Exception as e:
            done.append(e)

    def second():
        while not done:
            other()
            lisle.schedule()

    lisle.tasklet(first)()
    lisle.tasklet(second)()
    lisle.run()
    return done[0]


lisle.preempt(1000)
numbers = [i * 7919 % N for i in range(N)]
items = numbers[:]
during(items.sort, lambda: seen.add(len(items)))
print('seen empty', seen == {0})
items = numbers[:]
print(during(items.sort, lambda: items.append(1) if len(items) < 3 else None))
print('sorted all the same', items == list(range(N)))
items = numbers[:]
during(lambda: items.sort(reverse=True), lambda: None)
print('undisturbed', items == list(range(N - 1, -1, -1)))
pairs = sorted(((i % 100, i) for i in range(N)), key=lambda pair: pair[0])
print('stable', pairs == sorted(pairs))
mixed = numbers + ['text']
print('keys that cannot be compared:', during(mixed.sort, lambda: None))
print('items stay', len(mixed))
target = []
lengths = []
during(lambda: target.extend(range(N)), lambda: lengths.append(len(target)))
print('extended while another reads', target == list(range(N)) and lengths == sorted(lengths))
items = numbers[:]
t = lisle.tasklet(items.sort)()
lisle.schedule()
lisle.schedule()
t.kill()
print('dropped in the middle')
