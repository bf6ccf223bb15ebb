"""Tasklets that somebody cares about: names, results, links, and time.

What a tasklet has beyond a plain one lies in its space, a dict that the scheduler keeps for it.
"""
import _lisle
import stackless
import sys
import time


class Ended(Exception):
    """A tasklet that was waited for was killed: there is no result."""


class LinkedFailure(Exception):
    """A linked tasklet has failed; __cause__ is its exception."""


def space_of(tasklet):
    """The dict of what the library knows about a tasklet."""
    space = _lisle.get_space(tasklet)
    if space is None:
        space = {}
        _lisle.set_space(tasklet, space)
    return space


def get_name(tasklet):
    """The name of a tasklet: the one it was given, or its function's."""
    space = _lisle.get_space(tasklet)
    if space is not None and 'name' in space:
        return space['name']
    if tasklet.is_main:
        return 'main'
    place = _lisle.state(tasklet)[1]
    return place[2] or 'tasklet'


def set_name(tasklet, name):
    """Give a tasklet a name for reports."""
    space_of(tasklet)['name'] = name


def get_priority(tasklet):
    """The priority of a tasklet, 0 for most."""
    return _lisle.get_priority(tasklet)


def set_priority(tasklet, priority):
    """Give a tasklet a priority from -8 to 8.

    When it becomes runnable it goes in front of those with a lower one that is not negative. Under preemption it
    ends their turn, and its own turns are twice as long for each step up, half as long for each step down.
    """
    _lisle.set_priority(tasklet, priority)


class Task(stackless.tasklet):
    """A tasklet that keeps what its function returned or raised. Made by spawn()."""

    @property
    def name(self):
        return get_name(self)

    @name.setter
    def name(self, name):
        set_name(self, name)

    @property
    def priority(self):
        return get_priority(self)

    @priority.setter
    def priority(self, priority):
        set_priority(self, priority)

    @property
    def parent(self):
        """The tasklet that made this one."""
        return space_of(self).get('parent')

    @property
    def site(self):
        """Where it was made: (file, line, function)."""
        return space_of(self).get('site')

    @property
    def done(self):
        return 'end' in space_of(self)

    def join(self, timeout=None):
        """Wait for the end; what the function returned. Raises what it raised, and Ended if it was killed."""
        return join(self, timeout)

    def cancel(self):
        """Raise Cancelled where the task blocks or gives way next."""
        from lisle.scopes import Cancelled
        _lisle.interrupt(self, Cancelled(f'{self.name} was cancelled'))

    def __repr__(self):
        state = _lisle.state(self)[0]
        return f'<task {self.name!r} {state}>'


def spawn(function, /, *args, name=None, **kwargs):
    """Start a Task that calls function(*args, **kwargs) when its turn comes."""
    return start(function, args, kwargs, name, sys._getframe(1))


def start(function, args, kwargs, name, frame):
    task = Task(function, args, kwargs)
    space = {'parent': stackless.getcurrent(),
             'site': (frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_qualname)}
    space['name'] = getattr(function, '__name__', 'task') if name is None else name
    parent = _lisle.get_space(stackless.getcurrent())
    if parent is not None and 'locals' in parent:
        space['locals'] = dict(parent['locals'])
    _lisle.set_space(task, space)
    _lisle.watch_end(task)
    context = _lisle.current_context()
    if context is not None:
        _lisle.set_own_context(task, context.copy())
    task.insert()
    return task


def watched(tasklet):
    space = space_of(tasklet)
    if not isinstance(tasklet, Task):
        _lisle.watch_end(tasklet)
    return space


def wake_all(channel, value=None):
    while channel.balance < 0:
        channel.send(value)


def _ended(tasklet, value, exception):
    """Hears of the end of every watched tasklet. True: the exception has reached somebody."""
    space = space_of(tasklet)
    space['end'] = (value, exception)
    heard = False
    nursery = space.pop('nursery', None)
    if nursery is not None:
        nursery.child_ended(tasklet, exception)
        heard = True
    waiters = space.pop('waiters', None)
    if waiters is not None:
        heard = heard or waiters.balance < 0
        wake_all(waiters)
    for channel in space.pop('monitors', ()):
        heard = True
        spawn(channel.send, (tasklet, value, exception), name='monitor')
    failed = exception is not None and not isinstance(exception, TaskletExit)
    for other in space.pop('links', ()):
        theirs = space_of(other).get('links')
        if theirs is not None and tasklet in theirs:
            theirs.remove(tasklet)
        if failed:
            heard = True
            failure = LinkedFailure(f'{get_name(tasklet)} failed: {exception!r}')
            failure.__cause__ = exception
            _lisle.interrupt(other, failure)
    if failed and not heard and isinstance(tasklet, Task):
        keep_unheard(tasklet)
        heard = True
    return heard


# Tasks that failed and were not joined yet. The exception of one that never is must not get lost.
_unheard = []


def keep_unheard(task):
    if not _unheard:
        import atexit
        atexit.register(report_unheard)
    _unheard.append(task)


def report_unheard():
    """Print what failed and nobody has asked for; called at the end of the program."""
    import traceback
    for task in _unheard:
        exception = space_of(task)['end'][1]
        print(f'Exception in task {get_name(task)!r}, which nobody has joined:', file=sys.stderr)
        traceback.print_exception(exception)
    _unheard.clear()


_lisle.set_end_hook(_ended)


def join(tasklet, timeout=None):
    """Wait for the end of a tasklet; what its function returned."""
    if tasklet is stackless.getcurrent():
        raise RuntimeError('a tasklet cannot join itself')
    space = watched(tasklet)
    if 'end' not in space:
        if not tasklet.alive:
            return tasklet.tempval
        waiters = space.get('waiters')
        if waiters is None:
            waiters = space['waiters'] = stackless.channel()
            waiters.preference = 0
        _lisle.receive(waiters, timeout)
    value, exception = space['end']
    if exception is None:
        return value
    if tasklet in _unheard:
        _unheard.remove(tasklet)
    if isinstance(exception, TaskletExit):
        raise Ended(f'{get_name(tasklet)} was ended') from exception
    raise exception


def monitor(tasklet, channel):
    """Send (tasklet, value, exception) to the channel when the tasklet has ended. Its exception counts as heard."""
    space = watched(tasklet)
    if 'end' in space:
        spawn(channel.send, (tasklet, *space['end']), name='monitor')
    else:
        space.setdefault('monitors', []).append(channel)


def link(first, second=None):
    """Let two tasklets fail together: what ends one by an exception raises LinkedFailure in the other."""
    if second is None:
        second = stackless.getcurrent()
    for one, other in ((first, second), (second, first)):
        links = watched(one).setdefault('links', [])
        if other not in links:
            links.append(other)


class local:
    """Attributes that each tasklet has for itself. Tasks begin with those of their parent."""

    def __getattribute__(self, name):
        if name.startswith('__'):
            return object.__getattribute__(self, name)
        try:
            return _locals()[id(self), name]
        except KeyError:
            raise AttributeError(f'this tasklet has no local {name!r}') from None

    def __setattr__(self, name, value):
        _locals()[id(self), name] = value

    def __delattr__(self, name):
        try:
            del _locals()[id(self), name]
        except KeyError:
            raise AttributeError(f'this tasklet has no local {name!r}') from None


def _locals():
    return space_of(stackless.getcurrent()).setdefault('locals', {})


def sleep(seconds):
    """Let this tasklet wait; the others run meanwhile."""
    time.sleep(seconds)


def run(timeout=0, threadblock=False, soft=False, ignore_nesting=False, totaltimeout=False, *, seconds=None):
    """stackless.run(), for `seconds` at most: whoever runs then stays in the ring."""
    if seconds is None:
        return stackless.run(timeout, threadblock, soft, ignore_nesting, totaltimeout)
    timer = _lisle.stop_run(seconds)
    try:
        return stackless.run(timeout, threadblock, soft, ignore_nesting, totaltimeout)
    finally:
        timer.cancel()


def preempt(ticks=10000):
    """Let tasklets give way by themselves after so many safepoints; 0 turns that off. The number before."""
    return _lisle.preempt(ticks)
