"""Threads as tasklets: locks for the library, and tasklets as what start_new_thread() starts."""
import stackless as _stackless

error = RuntimeError
TIMEOUT_MAX = 4294967.0
_local_sentinel = object()


def get_ident():
    """A number that tells the running thread from the others."""
    return id(_stackless.getcurrent())


def get_native_id():
    return get_ident()


class lock:
    """A lock; waiting lets the other tasklets run."""

    __slots__ = ('_owner', '_waiters', '__weakref__')

    def __init__(self):
        self._owner = None
        self._waiters = 0

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError('timeout value must be a non-negative number')
        if self._owner is not None and blocking:
            self._wait(timeout)
        if self._owner is not None:
            return False
        self._owner = _stackless.getcurrent()
        return True

    def _wait(self, timeout):
        import time
        end = None if timeout == -1 else time.monotonic() + timeout
        while self._owner is not None:
            if end is not None and time.monotonic() >= end:
                return
            if _stackless.getruncount() <= 1:
                if end is None:
                    raise RuntimeError('deadlock: no tasklet is left that could release the lock')
                time.sleep(min(0.001, max(0.0, end - time.monotonic())))
            else:
                _stackless.schedule()

    def release(self):
        if self._owner is None:
            raise RuntimeError('release unlocked lock')
        self._owner = None

    def locked(self):
        return self._owner is not None

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def _at_fork_reinit(self):
        self._owner = None

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()

    def __repr__(self):
        state = 'unlocked' if self._owner is None else 'locked'
        return f'<{state} _thread.lock object at {id(self):#x}>'


LockType = lock


def allocate_lock():
    return lock()


allocate = allocate_lock


class RLock(lock):
    """A lock that its owner may take again."""

    __slots__ = ('_count',)

    def __init__(self):
        super().__init__()
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._owner is not None and self._owner is _stackless.getcurrent():
            self._count += 1
            return True
        if super().acquire(blocking, timeout):
            self._count = 1
            return True
        return False

    def release(self):
        if self._owner is not _stackless.getcurrent():
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if self._count == 0:
            self._owner = None

    def _is_owned(self):
        return self._owner is _stackless.getcurrent()

    def _release_save(self):
        saved = self._count, self._owner
        self._count, self._owner = 0, None
        return saved

    def _acquire_restore(self, saved):
        self.acquire()
        self._count, self._owner = saved

    __enter__ = acquire

    def __exit__(self, *details):
        self.release()


def start_new_thread(function, args, kwargs={}):
    """Start a tasklet that calls function(*args, **kwargs); exceptions go to sys.excepthook."""
    if not callable(function):
        raise TypeError('first arg must be callable')
    if not isinstance(args, tuple):
        raise TypeError('2nd arg must be a tuple')

    def run():
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as problem:
            import sys
            sys.excepthook(type(problem), problem, problem.__traceback__)

    return id(_stackless.tasklet(run)())


start_new = start_new_thread


def exit():
    raise SystemExit


exit_thread = exit


def interrupt_main(signum=2, /):
    raise KeyboardInterrupt


def stack_size(size=0, /):
    return 0


def daemon_threads_allowed():
    return True


def _set_sentinel():
    return lock()


_count_of_threads = 0


def _count():
    return _stackless.getruncount() - 1


class _local:
    """Attributes that every tasklet has for itself."""

    def __init__(self, /, *args, **kwargs):
        object.__setattr__(self, '_spaces', {})
        object.__setattr__(self, '_arguments', (args, kwargs))

    def _space(self):
        spaces = object.__getattribute__(self, '_spaces')
        who = id(_stackless.getcurrent())
        space = spaces.get(who)
        if space is None:
            space = spaces[who] = {}
        return space

    def __getattribute__(self, name):
        if name == '__dict__':
            return _local._space(self)
        space = _local._space(self)
        if name in space:
            return space[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        _local._space(self)[name] = value

    def __delattr__(self, name):
        try:
            del _local._space(self)[name]
        except KeyError:
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}') from None
