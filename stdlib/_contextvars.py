"""Context variables: every tasklet runs in a context, its thread's unless it was given another."""
import _lisle
import stackless as _stackless
from types import GenericAlias as _GenericAlias

_MISSING = object()


def _current():
    context = _lisle.current_context()
    if context is None:
        context = Context()
        _lisle.set_thread_context(context)
    return context


class Context:
    """A mapping of variables to values that code can be run in."""

    __slots__ = ('_values', '_entered', '__weakref__')

    def __init__(self):
        self._values = {}
        self._entered = None

    def run(self, callable, *args, **kwargs):
        if self._entered is not None:
            raise RuntimeError(f'cannot enter context: {self!r} is already entered')
        who = _stackless.getcurrent()
        previous = _lisle.own_context(who)
        self._entered = who
        _lisle.set_own_context(who, self)
        try:
            return callable(*args, **kwargs)
        finally:
            _lisle.set_own_context(who, previous)
            self._entered = None

    def copy(self):
        twin = Context()
        twin._values = self._values.copy()
        return twin

    def _checked(self, var):
        if not isinstance(var, ContextVar):
            raise TypeError(f'a ContextVar key was expected, got {var!r}')
        return var

    def __getitem__(self, var):
        return self._values[self._checked(var)]

    def __contains__(self, var):
        return self._checked(var) in self._values

    def get(self, var, default=None, /):
        return self._values.get(self._checked(var), default)

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def keys(self):
        return self._values.keys()

    def values(self):
        return self._values.values()

    def items(self):
        return self._values.items()

    def __eq__(self, other):
        return self._values == other._values if isinstance(other, Context) else NotImplemented

    __hash__ = None


class ContextVar:
    """A variable whose value belongs to the context."""

    __slots__ = ('_name', '_default')
    __class_getitem__ = classmethod(_GenericAlias)

    def __init__(self, name, *, default=_MISSING):
        if not isinstance(name, str):
            raise TypeError('context variable name must be a str')
        self._name = name
        self._default = default

    @property
    def name(self):
        return self._name

    def get(self, default=_MISSING, /):
        value = _current()._values.get(self, _MISSING)
        if value is not _MISSING:
            return value
        if default is not _MISSING:
            return default
        if self._default is not _MISSING:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        context = _current()
        token = Token._of(context, self, context._values.get(self, _MISSING))
        context._values[self] = value
        return token

    def reset(self, token, /):
        if not isinstance(token, Token):
            raise TypeError(f'expected an instance of Token, got {token!r}')
        if token._used:
            raise RuntimeError(f'{token!r} has already been used once')
        if token._var is not self:
            raise ValueError(f'{token!r} was created by a different ContextVar')
        context = _current()
        if token._context is not context:
            raise ValueError(f'{token!r} was created in a different Context')
        token._used = True
        if token._old is _MISSING:
            context._values.pop(self, None)
        else:
            context._values[self] = token._old

    def __repr__(self):
        default = '' if self._default is _MISSING else f' default={self._default!r}'
        return f'<ContextVar name={self._name!r}{default} at {id(self):#x}>'


class Token:
    """What ContextVar.set() returns: the way back."""

    __slots__ = ('_context', '_var', '_old', '_used')
    __class_getitem__ = classmethod(_GenericAlias)
    MISSING = _MISSING

    def __init__(self):
        raise RuntimeError('Tokens can only be created by ContextVars')

    @classmethod
    def _of(cls, context, var, old):
        self = object.__new__(cls)
        self._context, self._var, self._old, self._used = context, var, old, False
        return self

    @property
    def var(self):
        return self._var

    @property
    def old_value(self):
        return self._old

    def __repr__(self):
        return f'<Token{" used" if self._used else ""} var={self._var!r} at {id(self):#x}>'


def copy_context():
    """A copy of the current context."""
    return _current().copy()


def _set_context(tasklet, context):
    """tasklet.set_context(context)"""
    if not isinstance(context, Context):
        raise TypeError(f"set_context() argument must be Context, not {type(context).__name__}")
    if tasklet.thread_id != _stackless.getcurrent().thread_id and (tasklet.is_current or tasklet.scheduled):
        raise RuntimeError('tasklet belongs to a different thread')
    own = _lisle.own_context(tasklet)
    if own is not None and own._entered is tasklet:
        raise RuntimeError('the current context of the tasklet has been entered')
    _lisle.set_own_context(tasklet, context)
    return tasklet


def _run_in_context_of(tasklet, callable, /, *args, **kwargs):
    """tasklet.context_run(callable, *args, **kwargs)"""
    who = _stackless.getcurrent()
    context = _lisle.own_context(tasklet)
    if context is None:
        context = _lisle.thread_context(tasklet)
    if context is None:
        context = _current()
    previous = _lisle.own_context(who)
    _lisle.set_own_context(who, context)
    try:
        return callable(*args, **kwargs)
    finally:
        _lisle.set_own_context(who, previous)
