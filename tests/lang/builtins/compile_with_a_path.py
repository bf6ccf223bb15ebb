# The name of what is compiled may be a path.
import pathlib


class Path:
    def __fspath__(self):
        return 'from a path'


for name in 'text', b'bytes', Path(), pathlib.Path('/a/b'):
    print(compile('1', name, 'eval').co_filename, type(compile('1', name, 'exec', 0x400)).__name__)
for name in 1, None:
    try:
        compile('1', name, 'eval')
    except TypeError as problem:
        print(problem)
