# __new__, __init__ and __str__ of exceptions that are raised by class.
# expect: ('made',) text text
# expect: ('made',)
# expect: every wait was answered by another tasklet: True
from _waiting import run, wait


class E(Exception):
    def __new__(cls, *args):
        wait()
        return super().__new__(cls, *args)
    def __init__(self, *args):
        wait()
        super().__init__('made', *args)
    def __str__(self): return wait('text')

def test():
    try:
        raise E
    except E as e:
        print(e.args, str(e), f'{e}')
    try:
        raise ValueError from E
    except ValueError as e:
        print(repr(e.__cause__.args))


run(test)
