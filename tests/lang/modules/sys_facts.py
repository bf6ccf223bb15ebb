# Small facts that the library asks of sys.
import os
import sys

print(sys._stdlib_dir == os.path.dirname(os.__file__), sys.thread_info.name)
print(sys.call_tracing(max, (1, 2)))
try:
    sys.call_tracing(max, [1, 2])
except TypeError as error:
    print(error)
for interval in 0, -1.0, 'x':
    try:
        sys.setswitchinterval(interval)
    except (TypeError, ValueError) as error:
        print(error)
nan = float('nan')


class Sub(float):
    pass


sub = Sub('nan')
print(hash(sub) == object.__hash__(sub))
