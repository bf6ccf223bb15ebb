# print(): its arguments, separator, end, and a file whose write() blocks.
# expect: ['T', '-', 'T', '!', 'flush']
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class F:
    def __init__(self): self.got = []
    def write(self, text): self.got.append(wait(text))
    def flush(self): self.got.append(wait('flush'))

class T:
    def __str__(self): return wait('T')

def test():
    f = F()
    print(T(), T(), sep=wait('-'), end=wait('!'), file=f, flush=True)
    print(f.got)


run(test)
