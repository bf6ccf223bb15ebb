"""Blocks that bound what happens in them: in time, and in which tasklets outlive them.

To cancel is to raise one exception, at the place where a tasklet blocks or gives way. It is raised once: who
catches it may clean up, and block again while doing so.
"""
import _lisle
import stackless
import sys

from lisle.tasks import start


class Cancelled(TaskletExit):
    """Raised in a tasklet that was cancelled. Who does not catch it ends without a word."""


class CancelScope:
    """A block that can be left early: by cancel(), or after some seconds."""

    def __init__(self, seconds=None):
        self.seconds = seconds
        self.cancelled = False  # did it end early?
        self._exception = None
        self._tasklet = None
        self._timer = None

    def __enter__(self):
        self._tasklet = stackless.getcurrent()
        self._exception = Cancelled('the scope was cancelled')
        if self.seconds is not None:
            self._timer = _lisle.deadline(self._tasklet, self._exception, self.seconds)
        return self

    def cancel(self):
        """Leave the block where its tasklet blocks next."""
        if self._tasklet is not None:
            _lisle.interrupt(self._tasklet, self._exception)

    def __exit__(self, kind, value, traceback):
        tasklet, self._tasklet = self._tasklet, None
        if self._timer is not None:
            self._timer.cancel()
        _lisle.take_back(tasklet, self._exception)
        self.cancelled = value is self._exception
        return self.cancelled and self.left_early()

    def left_early(self):
        return True


class Timeout(CancelScope):
    """A scope that raises TimeoutError when its time is over."""

    def left_early(self):
        raise TimeoutError(f'not done after {self.seconds} s') from None


def cancel_scope(seconds=None):
    """with cancel_scope() as scope: scope.cancel() leaves the block."""
    return CancelScope(seconds)


def move_on_after(seconds):
    """Leave the block when the time is over; its attribute `cancelled` says whether that happened."""
    return CancelScope(seconds)


def timeout(seconds):
    """Raise TimeoutError when the time is over."""
    return Timeout(seconds)


class Nursery:
    """with nursery() as n: the tasks that n.spawn() starts have all ended when the block has.

    The first that fails cancels the others and the block; what failed is raised as an ExceptionGroup.
    """

    def __init__(self):
        self._children = set()
        self._errors = []
        self._host = None
        self._wake = stackless.channel()
        self._wake.preference = 0
        self._cancelled = None
        self._leaving = False

    def __enter__(self):
        self._host = stackless.getcurrent()
        return self

    def spawn(self, function, /, *args, name=None, **kwargs):
        """Start a task of this nursery."""
        if self._host is None:
            raise RuntimeError('the nursery is closed')
        task = start(function, args, kwargs, name, sys._getframe(1))
        _lisle.get_space(task)['nursery'] = self
        self._children.add(task)
        if self._cancelled is not None:
            task.cancel()
        return task

    @property
    def tasks(self):
        """Those that have not ended."""
        return set(self._children)

    def cancel(self):
        """Cancel all the tasks and the block."""
        if self._cancelled is not None:
            return
        self._cancelled = Cancelled('the nursery was cancelled')
        for task in list(self._children):
            task.cancel()
        if not self._leaving and self._host is not stackless.getcurrent():
            _lisle.interrupt(self._host, self._cancelled)

    def child_ended(self, task, exception):
        self._children.discard(task)
        if exception is not None and not isinstance(exception, TaskletExit):
            self._errors.append(exception)
            self.cancel()
        if self._wake.balance < 0 and not self._children:
            self._wake.send(None)

    def __exit__(self, kind, value, traceback):
        self._leaving = True
        if self._cancelled is not None:
            _lisle.take_back(self._host, self._cancelled)
        ours = value is not None and value is self._cancelled
        if value is not None and not ours:
            if not isinstance(value, TaskletExit):
                self._errors.append(value)
            self.cancel()
        outer = None if ours else value
        while self._children:
            try:
                self._wake.receive()
            except BaseException as problem:
                # Somebody wants this tasklet to stop waiting: so the children have to.
                outer = problem
                self.cancel()
        self._host = None
        if self._errors:
            try:
                raise BaseExceptionGroup('tasks of a nursery failed', self._errors)
            finally:
                self._errors = []
        if outer is not None and outer is not value:
            raise outer
        return ours


def nursery():
    """with nursery() as n: n.spawn(f) starts tasks that end before the block does."""
    return Nursery()
