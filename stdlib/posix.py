"""The module posix: the native half is _posix."""
import _posix
import _io_core as _io
from _posix import *
from _posix import _exit
from _processes import execv, getpgid, setpgid, setsid, umask, waitpid
import _processes

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


def WIFSTOPPED(status):
    return status & 0xff == 0x7f


def WIFCONTINUED(status):
    return status == 0xffff


def WSTOPSIG(status):
    return (status >> 8) & 0xff


def WCOREDUMP(status):
    return bool(status & 0x80)


def execve(path, argv, env):
    """Replace this process by another program, with an environment of its own."""
    variables = []
    for name, value in env.items():
        name, value = fspath(name), fspath(value)
        if isinstance(name, str):
            name = name.encode('utf-8', 'surrogateescape')
        if isinstance(value, str):
            value = value.encode('utf-8', 'surrogateescape')
        variables.append(name + b'=' + value)
    _processes.execve(path, argv, variables)


_fork_hooks = {'before': [], 'after_in_parent': [], 'after_in_child': []}


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Have functions called around each fork()."""
    given = {'before': before, 'after_in_parent': after_in_parent, 'after_in_child': after_in_child}
    if before is after_in_child is after_in_parent is None:
        raise TypeError('At least one argument is required.')
    for name, hook in given.items():
        if hook is not None:
            if not callable(hook):
                raise TypeError(f"'{name}' must be callable, not {type(hook).__name__}")
            _fork_hooks[name].append(hook)


def fork():
    """Fork a child process: 0 in the child, the id of the child in the parent."""
    for hook in reversed(_fork_hooks['before']):
        hook()
    child = _processes.fork()
    for hook in _fork_hooks['after_in_parent' if child else 'after_in_child']:
        hook()
    return child


def wait():
    """Wait for any child process."""
    return waitpid(-1, 0)


def getpgrp():
    return getpgid(0)


def get_inheritable(fd, /):
    import fcntl
    return not fcntl.fcntl(fd, fcntl.F_GETFD) & fcntl.FD_CLOEXEC


def set_inheritable(fd, inheritable, /):
    import fcntl
    flags = fcntl.fcntl(fd, fcntl.F_GETFD)
    fcntl.fcntl(fd, fcntl.F_SETFD, flags & ~fcntl.FD_CLOEXEC if inheritable else flags | fcntl.FD_CLOEXEC)


def get_blocking(fd, /):
    import fcntl
    return not fcntl.fcntl(fd, fcntl.F_GETFL) & O_NONBLOCK


def set_blocking(fd, blocking, /):
    import fcntl
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    fcntl.fcntl(fd, fcntl.F_SETFL, flags & ~O_NONBLOCK if blocking else flags | O_NONBLOCK)


def pipe2(flags, /):
    ends = pipe()
    for end in ends:
        if flags & O_NONBLOCK:
            set_blocking(end, False)
        if not flags & O_CLOEXEC:
            set_inheritable(end, True)
    return ends


def closerange(low, high, /):
    for fd in range(low, high):
        try:
            close(fd)
        except OSError:
            pass


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
