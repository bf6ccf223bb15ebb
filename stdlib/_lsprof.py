"""The measuring half of cProfile, over sys.setprofile(): who was called how often, by whom, and for how long."""
import sys
from time import perf_counter


class _Entry(tuple):
    """A tuple whose items have names."""
    __slots__ = ()

    def __init_subclass__(cls):
        for position, name in enumerate(cls._names):
            setattr(cls, name, property(lambda self, position=position: self[position]))

    def __repr__(self):
        return f'_lsprof.{type(self).__name__}({", ".join([f"{n}={v!r}" for n, v in zip(self._names, self)])})'


class profiler_entry(_Entry):
    _names = ('code', 'callcount', 'reccallcount', 'totaltime', 'inlinetime', 'calls')


class profiler_subentry(_Entry):
    _names = ('code', 'callcount', 'reccallcount', 'totaltime', 'inlinetime')


class _Tally:
    """What is known of a function, or of the calls of one function by another."""
    __slots__ = ('what', 'calls', 'recursive_calls', 'total', 'own', 'depth', 'callees')

    def __init__(self, what):
        self.what = what
        self.calls = self.recursive_calls = self.depth = 0
        self.total = self.own = 0.0
        self.callees = {}

    def add(self, elapsed, own):
        """A call is over. Time spent in calls of itself is counted once."""
        self.depth -= 1
        if self.depth:
            self.recursive_calls += 1
        else:
            self.total += elapsed
        self.own += own
        self.calls += 1

    def numbers(self, unit):
        return self.calls, self.recursive_calls, self.total * unit, self.own * unit


def _name_of(function):
    """The text that stands for a builtin function."""
    owner = getattr(function, '__self__', None)
    if owner is None or type(owner) is type(sys):
        module = getattr(function, '__module__', None)
        return f'<built-in method {module}.{function.__name__}>' if module else repr(function)
    method = getattr(type(owner), function.__name__, None)
    if type(owner) is type or method is None:
        return f'<built-in method {function.__name__}>'
    return repr(method)


class Profiler:
    """Profiler(timer=None, timeunit=None, subcalls=True, builtins=True): measures calls between enable() and disable()."""

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = timer or perf_counter
        self._unit = timeunit or 1.0
        self._subcalls = subcalls
        self._builtins = builtins
        self.clear()

    def clear(self):
        """Forget all that was measured."""
        self._tallies = {}
        self._running = []

    def enable(self, subcalls=True, builtins=True):
        """Begin to measure."""
        self._subcalls = subcalls
        self._builtins = builtins
        sys.setprofile(self._event)

    def disable(self):
        """Measure no more; calls that go on count up to here."""
        sys.setprofile(None)
        while self._running:
            self._leave()

    def _event(self, frame, event, argument):
        if event == 'call':
            code = frame.f_code
            what = code if code is not _DISABLE else "<method 'disable' of '_lsprof.Profiler' objects>"
            self._enter(what, what)
        elif event == 'return':
            self._leave()
        elif not self._builtins or argument is sys.setprofile:
            return
        elif event == 'c_call':
            # Bound methods of one type are one function.
            what = _name_of(argument)
            self._enter(what, what)
        else:
            self._leave()

    def _enter(self, key, what):
        tally = self._tallies.get(key)
        if tally is None:
            tally = self._tallies[key] = _Tally(what)
        tally.depth += 1
        within = None
        if self._subcalls and self._running:
            callees = self._running[-1][0].callees
            within = callees.get(key)
            if within is None:
                within = callees[key] = _Tally(what)
            within.depth += 1
        self._running.append([tally, within, 0.0, self._timer()])

    def _leave(self):
        if not self._running:
            return
        tally, within, spent_below, began = self._running.pop()
        elapsed = self._timer() - began
        if self._running:
            self._running[-1][2] += elapsed
        tally.add(elapsed, elapsed - spent_below)
        if within is not None:
            within.add(elapsed, elapsed - spent_below)

    def getstats(self):
        """A list of profiler_entry objects, one a function."""
        found = []
        for tally in self._tallies.values():
            if tally.calls:
                calls = [profiler_subentry((sub.what, *sub.numbers(self._unit))) for sub in tally.callees.values()]
                found.append(profiler_entry((tally.what, *tally.numbers(self._unit), calls or None)))
        return found


_DISABLE = Profiler.disable.__code__
