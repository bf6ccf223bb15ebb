# sys.stdout replaced by an object of the program.
# modes: -gc-each the modules it imports are too large
# expect: 'hello 1\n'
# expect: 'in\n'
# expect: every wait was answered by another tasklet: True
import contextlib
import io
import sys
from _waiting import run, wait


class Out:
    def __init__(self): self.text = ''
    def write(self, s):
        wait()
        self.text += s

def test():
    out, old = Out(), sys.stdout
    sys.stdout = out
    try:
        print('hello', 1)
    finally:
        sys.stdout = old
    print(repr(out.text))
    with contextlib.redirect_stdout(io.StringIO()) as s:
        print(wait('in'))
    print(repr(s.getvalue()))


run(test)
