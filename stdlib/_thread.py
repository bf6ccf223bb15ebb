"""Threads: green ones, each a ring of tasklets of its own. The scheduler lets them take turns."""
from _weakref import ref as _ref
import _threads
from _threads import RLock, allocate_lock, get_ident, lock
from _threads import count as _count, set_sentinel as _set_sentinel

error = RuntimeError
LockType = lock
TIMEOUT_MAX = 9223372036.0
allocate = allocate_lock
get_native_id = get_ident


class _ExceptHookArgs(tuple):
    """What threading.excepthook() is called with."""

    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])


def _excepthook(args, /):
    """Tell of an exception that ended a thread."""
    import sys
    import traceback
    exc_type, exc_value, exc_traceback, thread = args
    if exc_type is SystemExit:
        return
    stream = sys.stderr
    if stream is None and (thread is None or (stream := thread._stderr) is None):
        return
    name = get_ident() if thread is None else thread.name
    print(f'Exception in thread {name}:', file=stream)
    traceback.print_exception(exc_type, exc_value, exc_traceback, file=stream)
    stream.flush()


def _begin(function, args, kwargs):
    try:
        function(*args, **kwargs)
    except (SystemExit, TaskletExit):
        pass
    except BaseException as problem:
        import sys
        sys.unraisablehook(_Unraisable(problem, 'Exception ignored in thread started by', function))


class _Unraisable:
    """What sys.unraisablehook() is called with."""

    def __init__(self, problem, text, function):
        self.exc_type = type(problem)
        self.exc_value = problem
        self.exc_traceback = problem.__traceback__.tb_next
        self.err_msg = text
        self.object = function


def start_new_thread(function, args, kwargs={}, /):
    """Start a thread that calls function(*args, **kwargs); its identifier."""
    if not callable(function):
        raise TypeError('first arg must be callable')
    if not isinstance(args, tuple):
        raise TypeError('2nd arg must be a tuple')
    if not isinstance(kwargs, dict):
        raise TypeError('optional 3rd arg must be a dictionary')
    return _threads.start(_begin, (function, args, kwargs))


start_new = start_new_thread


def exit():
    """End the running thread."""
    raise SystemExit


exit_thread = exit


def interrupt_main(signum=2, /):
    """Do what the arrival of a signal would do in the main thread."""
    import _signal
    _signal.raise_signal(signum)


_stack_size = 0


def stack_size(size=0, /):
    """The size that stacks of new threads begin with, which is of no meaning here; the one set before."""
    global _stack_size
    if size < 0:
        raise ValueError('size must be 0 or a positive value')
    if 0 < size < 32768:
        raise ValueError(f'size not valid: {size} bytes')
    before, _stack_size = _stack_size, size
    return before


def daemon_threads_allowed():
    """Whether a program may leave threads running at its end."""
    return True


class _Space:
    """The attributes of one thread in each _local."""

    __slots__ = ('spaces',)

    def __init__(self):
        self.spaces = {}


class _local:
    """Attributes that every thread has for itself."""

    __slots__ = ('_local__arguments', '_local__key', '__weakref__', '__dict__')

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError('Initialization arguments are not supported')
        self = object.__new__(cls)
        object.__setattr__(self, '_local__arguments', (args, kwargs))
        object.__setattr__(self, '_local__key', _ref(self))
        _spaces_of_thread()[_ref(self)] = {}
        return self

    def __getattribute__(self, name):
        space = _space_of(self)
        if name == '__dict__':
            return space
        return _lookup(self, space, name)

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        space = _space_of(self)
        attribute = getattr(type(self), name, None)
        if hasattr(type(attribute), '__set__'):
            object.__setattr__(self, name, value)
        else:
            space[name] = value

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        space = _space_of(self)
        if name in space:
            del space[name]
        else:
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')


def _spaces_of_thread():
    space = _threads.get_space()
    if space is None:
        space = _Space()
        _threads.set_space(space)
    return space.spaces


def _space_of(self):
    spaces = _spaces_of_thread()
    key = object.__getattribute__(self, '_local__key')
    space = spaces.get(key)
    if space is None:
        for dead in [key for key in spaces if key() is None]:
            del spaces[dead]
        space = spaces[key] = {}
        args, kwargs = object.__getattribute__(self, '_local__arguments')
        type(self).__init__(self, *args, **kwargs)
    return space


def _lookup(self, space, name):
    for cls in type(self).__mro__:
        if name in cls.__dict__:
            found = cls.__dict__[name]
            if hasattr(type(found), '__set__') or name not in space:
                return object.__getattribute__(self, name)
            break
    if name in space:
        return space[name]
    return object.__getattribute__(self, name)
