"""The module posix: the native half is _posix."""
import _posix
import _io_core as _io
from _posix import *
from _posix import _exit
from _processes import execv, getpgid, getpriority, setpgid, setpriority, setsid, umask, waitpid
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


# --- numbers of the system

(EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_SOFTWARE, EX_OSERR, EX_OSFILE, EX_CANTCREAT, EX_IOERR,
 EX_TEMPFAIL, EX_PROTOCOL, EX_NOPERM, EX_CONFIG) = range(66, 79)
EX_DATAERR = 65
WUNTRACED = WSTOPPED = 2
WEXITED, WCONTINUED, WNOWAIT = 4, 8, 1 << 24
P_ALL, P_PID, P_PGID, P_PIDFD = range(4)
CLD_EXITED, CLD_KILLED, CLD_DUMPED, CLD_TRAPPED, CLD_STOPPED, CLD_CONTINUED = range(1, 7)
PRIO_PROCESS, PRIO_PGRP, PRIO_USER = range(3)
F_ULOCK, F_LOCK, F_TLOCK, F_TEST = range(4)
O_NOCTTY, O_NDELAY, O_DSYNC, O_ASYNC, O_DIRECT, O_NOATIME = 0o400, 0o4000, 0o10000, 0o20000, 0o40000, 0o1000000
O_LARGEFILE, O_FSYNC, O_RSYNC, O_PATH, O_TMPFILE = 0, 0o4010000, 0o4010000, 0o10000000, 0o20200000
SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH = range(4)
SCHED_IDLE, SCHED_RESET_ON_FORK = 5, 1 << 30
RTLD_LOCAL, RTLD_LAZY, RTLD_NOW, RTLD_NOLOAD, RTLD_DEEPBIND = 0, 1, 2, 4, 8
RTLD_GLOBAL, RTLD_NODELETE = 0x100, 0x1000
(POSIX_FADV_NORMAL, POSIX_FADV_RANDOM, POSIX_FADV_SEQUENTIAL, POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,
 POSIX_FADV_NOREUSE) = range(6)
GRND_NONBLOCK, GRND_RANDOM = 1, 2


# --- what the system tells of processes

def _process_fields(process, /):
    """The fields of /proc/PROCESS/stat behind the name: state, parent, group, session and so on."""
    try:
        return _read_text(f'/proc/{process or "self"}/stat').rpartition(')')[2].split()
    except FileNotFoundError:
        raise ProcessLookupError(3, strerror(3)) from None


def getsid(pid, /):
    """The session of a process."""
    return int(_process_fields(pid)[3])


def nice(increment, /):
    """Add to how nice this process is; the new number."""
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + increment)
    return getpriority(PRIO_PROCESS, 0)


class _Record(tuple):
    """A tuple whose items have names, as the system's records are."""
    __slots__ = ()
    n_unnamed_fields = 0

    def __new__(cls, sequence, dict=None, /):
        self = super().__new__(cls, sequence)
        if len(self) != cls.n_fields:
            raise TypeError(f'{cls.__module__}.{cls.__name__}() takes a {cls.n_fields}-sequence '
                            f'({len(self)}-sequence given)')
        return self

    def __init_subclass__(cls):
        cls.__match_args__ = cls._names
        cls.n_fields = cls.n_sequence_fields = len(cls._names)
        for position, name in enumerate(cls._names):
            setattr(cls, name, property(lambda self, position=position: self[position]))

    def __repr__(self):
        fields = ', '.join([f'{name}={value!r}' for name, value in zip(self._names, self)])
        return f'{self.__module__}.{type(self).__name__}({fields})'

    def __reduce__(self):
        return type(self), (tuple(self),)


class uname_result(_Record):
    _names = ('sysname', 'nodename', 'release', 'version', 'machine')


class times_result(_Record):
    _names = ('user', 'system', 'children_user', 'children_system', 'elapsed')


_TICKS_PER_SECOND = 100


def times():
    """The processor time of the process and of its children that were waited for, and the time since some moment."""
    used = [int(ticks) / _TICKS_PER_SECOND for ticks in _process_fields(0)[11:15]]
    return times_result((*used, float(_read_text('/proc/uptime').split()[0])))


def _status(name):
    for line in _read_text('/proc/self/status').splitlines():
        if line.startswith(name):
            return line.split()[1:]
    return []


def getgroups():
    """The further groups of the process."""
    return [int(group) for group in _status('Groups:')]


def getresuid():
    """The real, effective and saved user of the process."""
    return tuple([int(user) for user in _status('Uid:')[:3]])


def getresgid():
    """The real, effective and saved group of the process."""
    return tuple([int(group) for group in _status('Gid:')[:3]])


def getloadavg():
    """How many processes wanted to run over the last 1, 5 and 15 minutes."""
    return tuple([float(number) for number in _read_text('/proc/loadavg').split()[:3]])


def sched_getaffinity(pid, /):
    """The processors that a process may run on."""
    for line in _read_text(f'/proc/{pid or "self"}/status').splitlines():
        if line.startswith('Cpus_allowed_list:'):
            ranges = [part.split('-') for part in line.split()[1].split(',')]
            return {cpu for ends in ranges for cpu in range(int(ends[0]), int(ends[-1]) + 1)}
    return set()


def sched_yield():
    """Let others run."""
    import time
    time.sleep(0)


def killpg(pgid, signal, /):
    """Send a signal to a group of processes."""
    if pgid <= 1:
        raise ProcessLookupError(3, strerror(3))
    kill(-pgid, signal)


def abort():
    """End the program at once with SIGABRT."""
    import _signal
    _signal._signal_core.set_action(_signal.SIGABRT, _signal._DEFAULT)
    kill(getpid(), _signal.SIGABRT)
    _exit(134)


sysconf_names = {'SC_ARG_MAX': 0, 'SC_CLK_TCK': 2, 'SC_OPEN_MAX': 4, 'SC_PAGESIZE': 30, 'SC_PAGE_SIZE': 30,
                 'SC_NPROCESSORS_CONF': 83, 'SC_NPROCESSORS_ONLN': 84, 'SC_PHYS_PAGES': 85, 'SC_AVPHYS_PAGES': 86}


def _memory(name):
    for line in _read_text('/proc/meminfo').splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return -1


def sysconf(name, /):
    """A number that the system is configured with, by its name or number."""
    if isinstance(name, str):
        if name not in sysconf_names:
            raise ValueError('unrecognized configuration name')
        name = sysconf_names[name]
    page = 4096
    if name in (83, 84):
        return cpu_count()
    if name in (85, 86):
        return _memory('MemTotal:' if name == 85 else 'MemFree:') // page
    if name == 4:
        for line in _read_text('/proc/self/limits').splitlines():
            if line.startswith('Max open files'):
                return int(line.split()[3])
    known = {0: 2097152, 2: _TICKS_PER_SECOND, 30: page}
    if name not in known:
        raise OSError(22, strerror(22))
    return known[name]


def major(device, /):
    """The major number of a device."""
    return device >> 8 & 0xfff | device >> 32 & ~0xfff


def minor(device, /):
    """The minor number of a device."""
    return device & 0xff | device >> 12 & ~0xff & 0xffffffff


def makedev(major, minor, /):
    """The device of two numbers."""
    return (major & 0xfff) << 8 | (major & ~0xfff) << 32 | minor & 0xff | (minor & ~0xff) << 12
