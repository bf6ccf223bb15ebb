"""Waiting until one of several descriptors is ready. The tasklet is parked meanwhile."""
from _select import POLLERR, POLLHUP, POLLIN, POLLMSG, POLLNVAL, POLLOUT, POLLPRI, POLLRDHUP, POLLRDBAND, POLLRDNORM
from _select import POLLWRBAND, POLLWRNORM, wait as _wait

PIPE_BUF = 4096
error = OSError
_READABLE = POLLIN | POLLHUP | POLLERR
_WRITABLE = POLLOUT | POLLERR


def _descriptor(file):
    """The descriptor that a file object or an int stands for."""
    if isinstance(file, int):
        fd = file
    else:
        method = getattr(file, 'fileno', None)
        if method is None:
            raise TypeError('argument must be an int, or have a fileno() method.')
        fd = method()
        if not isinstance(fd, int):
            raise TypeError('fileno() returned a non-integer')
    if fd < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({fd})')
    return fd


def _seconds(timeout):
    if timeout is None:
        return None
    if not hasattr(type(timeout), '__float__') and not hasattr(type(timeout), '__index__'):
        raise TypeError('timeout must be a float or None')
    return float(timeout)


def select(rlist, wlist, xlist, timeout=None, /):
    """Wait until one of the files is ready for reading, writing, or has an exceptional condition."""
    timeout = _seconds(timeout)
    if timeout is not None and timeout < 0:
        raise ValueError('timeout must be non-negative')
    try:
        lists = [[(file, _descriptor(file)) for file in files] for files in (rlist, wlist, xlist)]
    except TypeError as problem:
        if 'not iterable' in str(problem):
            raise TypeError('arguments 1-3 must be sequences') from None
        raise
    wanted = {}
    for files, bits in zip(lists, (POLLIN, POLLOUT, POLLPRI)):
        for _, fd in files:
            if fd >= 1024:
                raise ValueError('filedescriptor out of range in select()')
            wanted[fd] = wanted.get(fd, 0) | bits
    ready = dict(_wait(list(wanted.items()), timeout))
    if any(bits & POLLNVAL for bits in ready.values()):
        raise OSError(9, 'Bad file descriptor')
    return tuple([file for file, fd in files if ready.get(fd, 0) & bits]
                 for files, bits in zip(lists, (_READABLE, _WRITABLE, POLLPRI)))


class poll:
    """A set of descriptors and what to wait for. A class, so that it may be an attribute of another one."""

    def __init__(self):
        self._wanted = {}
        self._polling = False

    def register(self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        """Wait for events of a descriptor from now on."""
        self._wanted[_descriptor(fd)] = _mask(eventmask)

    def modify(self, fd, eventmask, /):
        """Change what is waited for."""
        fd = _descriptor(fd)
        if fd not in self._wanted:
            raise OSError(2, 'No such file or directory')
        self._wanted[fd] = _mask(eventmask)

    def unregister(self, fd, /):
        """Do not wait for a descriptor any more."""
        del self._wanted[_descriptor(fd)]

    def poll(self, timeout=None, /):
        """The descriptors that are ready, with their events; waits that many milliseconds at most."""
        timeout = _seconds(timeout)
        if timeout is not None:
            timeout = None if timeout < 0 else timeout / 1000
        if self._polling:
            raise RuntimeError('concurrent poll() invocation')
        self._polling = True
        try:
            return _wait(list(self._wanted.items()), timeout)
        finally:
            self._polling = False


def _mask(value):
    if not hasattr(type(value), '__index__'):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    value = value.__index__()
    if value < 0:
        raise ValueError('value must be positive')
    if value > 0xffff:
        raise OverflowError('Python int too large for C unsigned short')
    return value
