# What the special methods of builtin classes say of themselves.
for method in (int.__add__, int.__radd__, int.__lt__, list.__len__, str.__iter__,
               object.__repr__, object.__init__, type.__call__, float.__neg__, int.__pow__, int.__divmod__, [].__setitem__,
               range.__hash__, property.__get__):
    print(method.__name__, method.__doc__)
for exception in BaseException, ValueError, KeyError, StopIteration, FileNotFoundError, ZeroDivisionError, Warning:
    print(exception.__doc__)
