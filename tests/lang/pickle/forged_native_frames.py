# A tasklet waits inside a builtin, and its pickle is changed so that the builtin finds something else than it left
# there. It says so to whom it works for; nothing else happens to the program.
# expect: str.translate SystemError translate() cannot go on: the image or pickle it came from is damaged
# expect: str.join SystemError join() cannot go on: the image or pickle it came from is damaged
# expect: sorted went on
# expect: done
import pickle
import stackless


class Table:
    def __getitem__(self, point):
        stackless.schedule_remove()
        return 'x'


class Item:
    def __init__(self, name):
        self.name = name

    def __lt__(self, other):
        stackless.schedule_remove()
        return True


def texts():
    yield 'one'
    stackless.schedule_remove()
    yield 'two'


def translate():
    return 'subject!'.translate(Table())


def join():
    return 'between!'.join(texts())


def order():
    return sorted([Item('a'), Item('b')])


def attempt(name, function, before, after):
    def body():
        try:
            function()
            print(name, 'went on')
        except Exception as error:
            print(name, type(error).__name__, error)
    task = stackless.tasklet(body)()
    stackless.run()
    data = pickle.dumps(task, 4)
    task.kill()
    forged = data.replace(before, after)
    copy = pickle.loads(forged)
    while copy.alive:
        copy.insert()
        stackless.run()


# SHORT_BINUNICODE becomes SHORT_BINBYTES.
attempt('str.translate', translate, b'\x8c\x08subject!', b'C\x08subject!')
attempt('str.join', join, b'\x8c\x08between!', b'C\x08between!')
attempt('sorted', order, b'', b'')
print('done')
