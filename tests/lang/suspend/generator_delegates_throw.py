# throw() and close() that are passed on to an iterator of the program.
# expect: throw True
# expect: result from throw
# expect: next ('send', 5) end
# expect: close closed
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class It:
    def __iter__(self): return self
    def __next__(self): return wait('next')
    def send(self, v): return wait(('send', v))
    def throw(self, *e):
        print('throw', wait(len(e) > 0))
        raise StopIteration('from throw')
    def close(self): print('close', wait('closed'))

def gen():
    print('result', (yield from It()))
    yield 'end'

def test():
    g = gen()
    print(next(g), g.send(5), g.throw(ValueError('x')))
    g = gen()
    next(g)
    g.close()


run(test)
