"""The module resource: what processes may use, and what they have used."""
import _processes
from posix import _Record, sysconf

error = OSError
RLIM_INFINITY = -1
(RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE,
 RLIMIT_MEMLOCK, RLIMIT_AS, _LOCKS, RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO,
 RLIMIT_RTTIME) = range(16)
RLIMIT_OFILE = RLIMIT_NOFILE
RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1


class struct_rusage(_Record):
    """What processes have used: times in seconds, sizes in kilobytes, and counts."""
    _names = ('ru_utime', 'ru_stime', 'ru_maxrss', 'ru_ixrss', 'ru_idrss', 'ru_isrss', 'ru_minflt', 'ru_majflt',
              'ru_nswap', 'ru_inblock', 'ru_oublock', 'ru_msgsnd', 'ru_msgrcv', 'ru_nsignals', 'ru_nvcsw', 'ru_nivcsw')


def getrusage(who, /):
    """What this process, its children or this thread have used."""
    if who not in (RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD):
        raise ValueError('invalid who parameter')
    return struct_rusage(_processes.usage(who))


def _checked(resource):
    if not 0 <= resource < 16:
        raise ValueError('invalid resource specified')
    return resource


def getrlimit(resource, /):
    """The soft and the hard limit of a resource."""
    return _processes.limits(0, _checked(resource))


def setrlimit(resource, limits, /):
    """Set the soft and the hard limit of a resource."""
    prlimit(0, resource, limits)


def prlimit(pid, resource, limits=None, /):
    """The limits of a process, which are replaced when others are given."""
    _checked(resource)
    if limits is None:
        return _processes.limits(pid, resource)
    pair = tuple(limits)
    if len(pair) != 2:
        raise ValueError('expected a tuple of 2 integers')
    try:
        return _processes.limits(pid, resource, *pair)
    except OSError as problem:
        if problem.errno == 22:
            raise ValueError('current limit exceeds maximum limit') from None
        if problem.errno == 1 and pid == 0:
            raise ValueError('not allowed to raise maximum limit') from None
        raise


def getpagesize():
    """The size of a page of memory."""
    return sysconf('SC_PAGESIZE')
