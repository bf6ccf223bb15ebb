"""Signals: their handlers are kept here, and called by the machine at a safepoint of the main thread."""
import _signal_core
import sys
from _thread import allocate_lock as _allocate_lock, get_ident as _get_ident
from _threads import main_ident as _main_ident
NSIG = 65
SIG_DFL, SIG_IGN = 0, 1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
(SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE,
 SIGALRM, SIGTERM, SIGSTKFLT, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ,
 SIGVTALRM, SIGPROF, SIGWINCH, SIGIO, SIGPWR, SIGSYS) = range(1, 32)
SIGIOT, SIGCLD, SIGPOLL = SIGABRT, SIGCHLD, SIGIO
SIGRTMIN, SIGRTMAX = 34, 64
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2


class itimer_error(OSError):
    """A clock that there is not."""
    __module__ = 'signal'


ItimerError = itimer_error


class struct_siginfo(tuple):
    """What is known of a signal that was waited for."""
    __slots__ = ()
    n_fields = n_sequence_fields = 7
    n_unnamed_fields = 0
    _names = ('si_signo', 'si_code', 'si_errno', 'si_pid', 'si_uid', 'si_status', 'si_band')
    si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band = [
        property(lambda self, i=i: self[i]) for i in range(7)]

    def __repr__(self):
        return 'signal.struct_siginfo(%s)' % ', '.join(f'{n}={v!r}' for n, v in zip(self._names, self))


# What set_action() is told.
_DEFAULT, _IGNORE, _INTERRUPT, _NOTE = range(4)


def default_int_handler(signalnum, frame, /):
    """The handler of SIGINT: raises KeyboardInterrupt."""
    raise KeyboardInterrupt


_handlers = {SIGINT: default_int_handler}
_pauses = []


def _checked(signalnum):
    if not 1 <= signalnum < NSIG:
        raise ValueError('signal number out of range')
    return signalnum


def signal(signalnum, handler, /):
    """Say what a signal does: SIG_DFL, SIG_IGN, or a function that is called with its number and the frame it came in."""
    if _get_ident() != _main_ident():
        raise ValueError('signal only works in main thread of the main interpreter')
    _checked(signalnum)
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
    previous = getsignal(signalnum)
    if callable(handler):
        action = _INTERRUPT if handler is default_int_handler and signalnum == SIGINT else _NOTE
    else:
        action = _IGNORE if handler == SIG_IGN else _DEFAULT
    _signal_core.set_action(signalnum, action)
    _handlers[signalnum] = handler
    return previous


def getsignal(signalnum, /):
    """What a signal does, as signal() would be told; None for what was not set by the program."""
    if _checked(signalnum) not in _handlers:
        _handlers[signalnum] = {_DEFAULT: SIG_DFL, _IGNORE: SIG_IGN}.get(_signal_core.get_action(signalnum))
    return _handlers[signalnum]


def _deliver(arrived):
    """Called by the machine: the handlers of the signals that have come."""
    try:
        frame = sys._getframe(1)
    except ValueError:
        frame = None
    while _pauses:
        _pauses.pop().release()
    for signalnum in range(1, NSIG):
        bit = 1 << signalnum - 1
        if arrived & bit:
            arrived &= ~bit
            handler = _handlers.get(signalnum)
            if callable(handler):
                try:
                    handler(signalnum, frame)
                except BaseException:
                    if arrived:
                        _signal_core.again(arrived)
                    raise


def raise_signal(signalnum, /):
    """Send a signal to the program itself."""
    import posix
    posix.kill(posix.getpid(), _checked(signalnum))


def pthread_kill(thread_id, signalnum, /):
    """Send a signal to a thread: threads share the process, whose main thread runs the handlers."""
    raise_signal(signalnum)


def pause():
    """Wait until a signal was handled."""
    lock = _allocate_lock()
    lock.acquire()
    _pauses.append(lock)
    while not lock.acquire(timeout=3600.0):
        pass


def setitimer(which, seconds, interval=0.0, /):
    """Have SIGALRM, SIGVTALRM or SIGPROF come after some seconds, and again after each interval."""
    for number in (seconds, interval):
        if not isinstance(number, (int, float)):
            raise TypeError(f"'{type(number).__name__}' object cannot be interpreted as an integer")
    try:
        return _signal_core.interval_timer(which, seconds, interval)
    except OSError as problem:
        raise ItimerError(*problem.args) from None


def getitimer(which, /):
    """What is left of a clock, and its interval."""
    try:
        return _signal_core.interval_timer(which)
    except OSError as problem:
        raise ItimerError(*problem.args) from None


def alarm(seconds, /):
    """Have SIGALRM come after some seconds; how many were left of an earlier alarm."""
    if not isinstance(seconds, int):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    left = _signal_core.interval_timer(ITIMER_REAL, seconds, 0)[0]
    return int(left + 0.999999) if left else 0


def _as_bits(signals):
    bits = 0
    for signalnum in signals:
        if not 1 <= signalnum < NSIG:
            raise ValueError(f'signal number {signalnum} out of range [1; {NSIG - 1}]')
        bits |= 1 << signalnum - 1
    return bits - (1 << 64) if bits >> 63 else bits


def _as_set(bits):
    return {signalnum for signalnum in range(1, NSIG) if bits >> signalnum - 1 & 1}


def pthread_sigmask(how, mask, /):
    """Hold signals back, or let them come; those that were held back before."""
    return _as_set(_signal_core.change_mask(how, _as_bits(mask)))


def sigpending():
    """The signals that have come and are held back."""
    return _as_set(_signal_core.pending())


def sigwaitinfo(sigset, /):
    """Wait for one of some signals that are held back; what is known of it. The whole program waits."""
    return struct_siginfo(_signal_core.wait(_as_bits(sigset), None))


def sigwait(sigset, /):
    """The number of the next of some signals that are held back. The whole program waits for it."""
    return sigwaitinfo(sigset)[0]


def sigtimedwait(sigset, timeout, /):
    """sigwaitinfo() with a limit in seconds; None when it has passed."""
    if timeout < 0:
        raise ValueError('timeout must be non-negative')
    found = _signal_core.wait(_as_bits(sigset), timeout)
    return found and struct_siginfo(found)


def valid_signals():
    """The numbers of the signals that there are."""
    return set(range(1, NSIG)) - {32, 33}


_TEXTS = (
    None, 'Hangup', 'Interrupt', 'Quit', 'Illegal instruction', 'Trace/breakpoint trap', 'Aborted', 'Bus error',
    'Floating point exception', 'Killed', 'User defined signal 1', 'Segmentation fault', 'User defined signal 2',
    'Broken pipe', 'Alarm clock', 'Terminated', 'Stack fault', 'Child exited', 'Continued', 'Stopped (signal)',
    'Stopped', 'Stopped (tty input)', 'Stopped (tty output)', 'Urgent I/O condition', 'CPU time limit exceeded',
    'File size limit exceeded', 'Virtual timer expired', 'Profiling timer expired', 'Window changed', 'I/O possible',
    'Power failure', 'Bad system call')


def strsignal(signalnum, /):
    """What the system calls a signal; None when it has no name for it."""
    _checked(signalnum)
    if signalnum < len(_TEXTS):
        return _TEXTS[signalnum]
    return f'Real-time signal {signalnum - SIGRTMIN}' if signalnum >= SIGRTMIN else None


def set_wakeup_fd(fd, /, *, warn_on_full_buffer=True):
    """Have each signal write its number to a descriptor as well; the one before, -1 for none."""
    if _get_ident() != _main_ident():
        raise ValueError('set_wakeup_fd only works in main thread of the main interpreter')
    if fd != -1:
        import posix
        posix.fstat(fd)
        if posix.get_blocking(fd):
            raise ValueError(f'the fd {fd} must be in non-blocking mode')
    return _signal_core.set_wakeup(fd)


def siginterrupt(signalnum, flag, /):
    """Accepted: a system call that a signal has interrupted goes on, whatever is said here."""
    _checked(signalnum)
