# Where OSError takes its arguments: in __new__, unless only __init__ is overridden.
class WithNew(OSError):
    def __new__(cls, message, extra):
        self = super().__new__(cls, message)
        self.extra = extra
        return self


class WithInit(OSError):
    def __init__(self, message, extra):
        self.extra = extra
        super().__init__(message)


class Both(WithInit, WithNew):
    pass


class Alone(OSError):
    def __init__(self):
        pass


for error in (WithNew('a', 'b'), WithNew('a', extra='b'), WithInit('a', 'b'), WithInit('a', extra='b'),
              Both('a', 'b')):
    print(type(error).__name__, error.args, error.extra, str(error))
print(Alone().args, str(Alone()), OSError(2, 'x', 'file').args, FileNotFoundError(2, 'x').errno)
error = BlockingIOError('a', 'b', 3)
print(error.characters_written)
error.characters_written = 5
print(error.characters_written)
del error.characters_written
for act in (lambda: error.characters_written, lambda: delattr(error, 'characters_written')):
    try:
        act()
    except AttributeError as e:
        print(e)
