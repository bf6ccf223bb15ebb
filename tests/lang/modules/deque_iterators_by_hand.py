# The classes of a deque's iterators can be called, and their instances be copied.
import copy
from collections import deque

for make in iter, reversed:
    kind = type(make(deque()))
    print(list(kind(deque('abcd'))), list(kind(deque('abcd'), 1)), list(kind(deque('abcd'), -7)))
    print(list(kind(deque('ab'), 9)), list(kind(deque('ab'), index=1)), list(kind(deque('ab'), True)))
    started = make(deque('abc'))
    next(started)
    print(started.__reduce__()[1], list(copy.copy(started)), list(started))
    for arguments in (), ([],), (deque(), 1, 2), (deque(), 'x'), (deque(), 2**70):
        try:
            kind(*arguments)
        except (TypeError, OverflowError) as error:
            print(type(error).__name__, error)
