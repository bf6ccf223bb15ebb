"""SimpleQueue without the locks of queue.Queue: a tasklet that finds nothing waits for a lock of its own."""
from _collections import deque as _deque
from _thread import allocate_lock as _allocate_lock
from time import monotonic as _monotonic
from types import GenericAlias as _GenericAlias


class Empty(Exception):
    """Exception raised by Queue.get(block=0)/get_nowait()."""


class SimpleQueue:
    """Simple, unbounded, reentrant FIFO queue."""

    __slots__ = '_items', '_waiting', '__weakref__', '__dict__'

    def __init__(self):
        self._items = _deque()
        self._waiting = _deque()

    def put(self, item, block=True, timeout=None):
        """Put the item on the queue.

        The optional 'block' and 'timeout' arguments are ignored, as this method
        never blocks.  They are provided for compatibility with the Queue class."""
        self._items.append(item)
        if self._waiting:
            self._wake()

    def _wake(self):
        try:
            self._waiting.popleft().release()
        except IndexError:
            pass

    def put_nowait(self, item):
        """Put an item into the queue without blocking.

        This is exactly equivalent to `put(item)` and is provided for compatibility
        with the Queue class."""
        self.put(item)

    def get(self, block=True, timeout=None):
        """Remove and return an item from the queue.

        If optional args 'block' is true and 'timeout' is None (the default), block if
        necessary until an item is available.  If 'timeout' is a non-negative number,
        it blocks at most 'timeout' seconds and raises the Empty exception if no item
        was available within that time.  Otherwise ('block' is false), return an item
        if one is immediately available, else raise the Empty exception ('timeout' is
        ignored in that case)."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if self._items:
            try:
                return self._items.popleft()
            except IndexError:
                pass
        if not block:
            raise Empty
        return self._wait(None if timeout is None else _monotonic() + timeout)

    def _wait(self, deadline):
        while True:
            lock = _allocate_lock()
            lock.acquire()
            self._waiting.append(lock)
            try:
                # What came before the lock stood in the list wakes nobody.
                if self._items:
                    return self._items.popleft()
                if deadline is None:
                    lock.acquire()
                elif not lock.acquire(timeout=max(0, deadline - _monotonic())):
                    if self._items:
                        return self._items.popleft()
                    raise Empty
            except IndexError:
                continue
            finally:
                self._leave(lock)

    def _leave(self, lock):
        # Whoever was woken and goes without an item wakes the next one.
        try:
            self._waiting.remove(lock)
        except ValueError:
            if self._items and self._waiting:
                self._wake()

    def get_nowait(self):
        """Remove and return an item from the queue without blocking.

        Only get an item if one is immediately available. Otherwise
        raise the Empty exception."""
        return self.get(False)

    def empty(self):
        """Return True if the queue is empty, False otherwise (not reliable!)."""
        return not self._items

    def qsize(self):
        """Return the approximate size of the queue (not reliable!)."""
        return len(self._items)

    __class_getitem__ = classmethod(_GenericAlias)
