# An object whose reduction needs the object itself cannot be pickled; deep structures can.
import functools
import pickle


def f():
    pass


for state in 'function', 'argument':
    partial = functools.partial(f)
    partial.__setstate__((partial, (), {}, {}) if state == 'function' else (f, (partial,), {}, {}))
    for protocol in (0, 2, 5):
        try:
            pickle.dumps(partial, protocol)
            print('pickled')
        except RecursionError:
            print('RecursionError')
    partial.__setstate__((f, (), {}, {}))


class Reduced:
    def __reduce__(self):
        return Reduced, (self,)


try:
    pickle.dumps(Reduced())
except RecursionError:
    print('RecursionError')
