# How long one call of a builtin over a large input keeps a tasklet waiting that could run, under preemption:
# the longest wait of each in milliseconds. What is not listed as a step machine shows as its whole duration.
# long_builtins.py [COUNT]
import hashlib
import lisle
import re
import sys
import time

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 3000000
clock = time.perf_counter
longest = 0.0
last = clock()
busy = True


def watch():
    global longest, last
    while busy:
        now = clock()
        longest = max(longest, now - last)
        last = now
        lisle.schedule()


def measure(name, operation):
    global longest, last
    lisle.schedule()
    longest, begin = 0.0, clock()
    last = begin
    operation()
    end = clock()
    lisle.schedule()
    print('%-16s longest wait ms %7.2f of %8.2f' % (name, longest * 1e3, (end - begin) * 1e3))


numbers = list(range(COUNT))
mixed = [i * 7919 % 1000003 for i in range(COUNT)]
floats = [float(i) for i in mixed]
texts = [str(i) for i in mixed]
text = 'a' * COUNT * 4
lisle.tasklet(watch)()
lisle.preempt()
measure('sum', lambda: sum(numbers))
measure('max', lambda: max(mixed))
measure('list(range)', lambda: list(range(COUNT)))
measure('sort ints', lambda: sorted(mixed))
measure('sort floats', lambda: sorted(floats))
measure('sort texts', lambda: sorted(texts))
measure('sort by key', lambda: sorted(mixed, key=abs))
measure('join', lambda: ','.join(texts))
measure('set', lambda: set(mixed))
measure('re.search', lambda: re.search('[bc]', text))
measure('re.findall', lambda: re.findall('aaaa', text))
measure('sha256', lambda: hashlib.sha256(text.encode()))
measure('text in text', lambda: 'b' in text)
measure('replace', lambda: text.replace('aa', 'b'))
measure('split', lambda: text.split('aaa'))
busy = False
