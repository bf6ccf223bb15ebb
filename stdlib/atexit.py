"""Functions that run when the program ends."""

_registered = []


def register(func, /, *args, **kwargs):
    """Register a function to be called at the end, the last registered one first."""
    if not callable(func):
        raise TypeError('the first argument must be callable')
    _registered.append((func, args, kwargs))
    return func


def unregister(func, /):
    """Forget a function, however often it was registered."""
    _registered[:] = [entry for entry in _registered if not (entry[0] == func)]


def _clear():
    _registered.clear()


def _ncallbacks():
    return len(_registered)


def _run_exitfuncs():
    import sys
    while _registered:
        func, args, kwargs = _registered.pop()
        try:
            func(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as error:
            print('Exception ignored in atexit callback:', func, file=sys.stderr)
            sys.excepthook(type(error), error, error.__traceback__.tb_next)
