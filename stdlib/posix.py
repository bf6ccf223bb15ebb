"""The module posix: the native half is _posix."""
import _posix
import _io_core as _io
from _posix import *
from _posix import _exit

_have_functions = []
error = OSError
environ = dict(_posix.environment())


def _join(folder, name):
    slash = b'/' if isinstance(folder, bytes) else '/'
    return folder + name if folder.endswith(slash) else folder + slash + name


class DirEntry:
    """An entry of a folder, as scandir() yields it."""

    __slots__ = ('name', 'path', '_kind', '_inode', '_status', '_link_status')

    def __init__(self, folder, name, kind, inode):
        self.name = name
        self.path = _join(folder, name)
        self._kind = kind
        self._inode = inode
        self._status = self._link_status = None

    def inode(self):
        return self._inode

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks:
            if self._status is None:
                self._status = _posix.stat(self.path)
            return self._status
        if self._link_status is None:
            self._link_status = _posix.lstat(self.path)
        return self._link_status

    def _is(self, directory_type, mode, follow_symlinks):
        link, unknown = 10, 0
        if self._kind == unknown or (self._kind == link and follow_symlinks):
            try:
                return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == mode
            except FileNotFoundError:
                return False
        return self._kind == directory_type

    def is_dir(self, *, follow_symlinks=True):
        return self._is(4, 0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(8, 0o100000, follow_symlinks)

    def is_symlink(self):
        return self._is(10, 0o120000, False)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'


class _ScandirIterator:
    def __init__(self, folder):
        self._folder = folder
        self._entries = iter(_posix.entries(folder))

    def __iter__(self):
        return self

    def __next__(self):
        return DirEntry(self._folder, *next(self._entries))

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()


def scandir(path=None):
    """An iterator of DirEntry objects for a folder."""
    return _ScandirIterator('.' if path is None else _posix.fspath(path))


def ctermid():
    return '/dev/tty'


def getppid():
    with _io.open('/proc/self/stat') as file:
        return int(file.read().rpartition(')')[2].split()[1])


def _identity(which):
    with _io.open('/proc/self/status') as file:
        for line in file:
            if line.startswith(which):
                return [int(n) for n in line.split()[1:3]]
    return [0, 0]


def getuid():
    return _identity('Uid:')[0]


def geteuid():
    return _identity('Uid:')[1]


def getgid():
    return _identity('Gid:')[0]


def getegid():
    return _identity('Gid:')[1]


def _read_text(path):
    with _io.open(path) as file:
        return file.read().strip()


class uname_result(tuple):
    sysname = property(lambda self: self[0])
    nodename = property(lambda self: self[1])
    release = property(lambda self: self[2])
    version = property(lambda self: self[3])
    machine = property(lambda self: self[4])


def uname():
    """Identifies the operating system."""
    kernel = '/proc/sys/kernel/'
    return uname_result((_read_text(kernel + 'ostype'), _read_text(kernel + 'hostname'),
                         _read_text(kernel + 'osrelease'), _read_text(kernel + 'version'), 'x86_64'))


def getlogin():
    raise OSError(2, strerror(2))


def waitstatus_to_exitcode(status):
    if status & 0x7f == 0:
        return (status >> 8) & 0xff
    return -(status & 0x7f)


def WIFEXITED(status):
    return status & 0x7f == 0


def WEXITSTATUS(status):
    return (status >> 8) & 0xff


def WIFSIGNALED(status):
    return status & 0x7f not in (0, 0x7f)


def WTERMSIG(status):
    return status & 0x7f


def get_inheritable(fd, /):
    return False


def device_encoding(fd):
    return 'UTF-8' if isatty(fd) else None


def getrandom(size, flags=0):
    return urandom(size)


def truncate(path, length):
    if isinstance(path, int):
        return ftruncate(path, length)
    fd = open(path, O_WRONLY)
    try:
        ftruncate(fd, length)
    finally:
        close(fd)
