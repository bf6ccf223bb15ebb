# __enter__ and __exit__, while an exception goes through.
# expect: entered
# expect: exit ValueError gone
# expect: exit None None
# expect: exit None None
# expect: exit None None
# expect: after
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class W:
    def __enter__(self): return wait('entered')
    def __exit__(self, kind, value, tb):
        print('exit', kind and kind.__name__, wait(value))
        return wait(True)

def test():
    with W() as w:
        print(w)
        raise ValueError('gone')
    with W():
        pass
    for n in range(2):
        with W():
            continue
    print('after')


run(test)
