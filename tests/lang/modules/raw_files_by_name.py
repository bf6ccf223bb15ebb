# FileIO() opens files itself.
import io
import os
import tempfile

path = os.path.join(tempfile.mkdtemp(), 'raw')
with io.FileIO(path, 'w') as file:
    print(file.write(b'first\nsecond\n'), file.mode, file.closefd, file.name == path)
    print(file.readable(), file.writable(), file.seekable())
file = io.FileIO(path)
print(file.mode, file.read(3), file.tell(), file.readall(), file.fileno() > 2)
file.close()
print(file.closed)
try:
    file.read()
except ValueError as error:
    print(error)
with io.BufferedReader(io.FileIO(path, 'r+')) as reader:
    print(reader.readline(), reader.raw.mode)
with io.TextIOWrapper(io.BufferedReader(io.FileIO(path, 'rb'))) as text:
    print(text.readlines())
descriptor = os.open(path, os.O_RDONLY)
borrowed = io.FileIO(descriptor, closefd=False)
print(borrowed.closefd, borrowed.read(2))
borrowed.close()
print(os.read(descriptor, 3))
os.close(descriptor)


def opener(name, flags):
    print(os.path.basename(name), flags & os.O_ACCMODE == os.O_WRONLY)
    return os.open(name, flags, 0o600)


with io.FileIO(path, 'a', opener=opener) as file:
    file.write(b'third\n')
print(open(path, 'rb').read())


class Counting(io.FileIO):
    def __init__(self, *args):
        self.reads = 0
        super().__init__(*args)

    def read(self, size=-1):
        self.reads += 1
        return super().read(size)


file = Counting(path)
print(file.read(1), file.read(1), file.reads)
file.__init__(path, 'r')
print(file.read(5), file.reads)
file.close()
for arguments in ('missing/file',), (path, 'rt'), (path, 'q'), (path, 'rw'), (path, ''), (path, 5), (1.5,), (-1,):
    try:
        io.FileIO(*arguments)
    except (OSError, ValueError, TypeError) as error:
        print(type(error).__name__, str(error).replace(path, 'PATH'))
os.remove(path)
os.rmdir(os.path.dirname(path))
