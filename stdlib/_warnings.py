"""The lower floor of the module warnings: the filters a program starts with, and what becomes of a warning.

The filters, the default action and the registry of warnings shown once are read from the module warnings when it
is loaded, since programs replace them there.
"""
import sys

filters = [
    ('default', None, DeprecationWarning, '__main__', 0),
    ('ignore', None, DeprecationWarning, None, 0),
    ('ignore', None, PendingDeprecationWarning, None, 0),
    ('ignore', None, ImportWarning, None, 0),
    ('ignore', None, ResourceWarning, None, 0),
]
_defaultaction = 'default'
_onceregistry = {}
_filters_version = 1


def _filters_mutated():
    """Forget what was shown under other filters."""
    global _filters_version
    _filters_version += 1


def _setting(name, own):
    """What the module warnings has under `name`, or our own."""
    return getattr(sys.modules.get('warnings'), name, own)


def _matches(pattern, text):
    """Filters hold None, a text that must be equal, or a pattern."""
    if pattern is None:
        return True
    if isinstance(pattern, str):
        return pattern == text
    return pattern.match(text)


def _action(text, category, module, lineno):
    for item in _setting('filters', filters):
        action, message, wanted, place, line = item
        if (_matches(message, text) and issubclass(category, wanted) and _matches(place, module)
                and line in (0, lineno)):
            return action, item
    return _setting('defaultaction', _defaultaction), None


def _is_news(action, item, registry, text, category, lineno):
    """Shall the warning be shown? Remembers that it was."""
    if action == 'always':
        return True
    registry[text, category, lineno] = 1
    if action == 'default':
        return True
    if action == 'once':
        shown = _setting('onceregistry', _onceregistry)
        key = text, category
    elif action == 'module':
        shown, key = registry, (text, category, 0)
    else:
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {item}")
    if shown.get(key):
        return False
    shown[key] = 1
    return True


def _show(message, category, filename, lineno, source):
    import warnings
    warnings._showwarnmsg(warnings.WarningMessage(message, category, filename, lineno, source=source))


def _decide(message, category, filename, lineno, module, registry, source):
    if registry.get('version', 0) != _filters_version:
        registry.clear()
        registry['version'] = _filters_version
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        text, message = message, category(message)
    if registry.get((text, category, lineno)):
        return
    action, item = _action(text, category, module, lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    if _is_news(action, item, registry, text, category, lineno):
        _show(message, category, filename, lineno, source)


def _is_internal(frame):
    """Frames of the import system are not what a warning is about."""
    filename = frame.f_code.co_filename
    return 'importlib' in filename and '_bootstrap' in filename


def _frame_at(frame, level):
    """The caller `level` - 1 frames above, without frames of the import system; None beyond the last."""
    skips = not _is_internal(frame)
    while frame is not None and level > 1:
        frame = frame.f_back
        while skips and frame is not None and _is_internal(frame):
            frame = frame.f_back
        level -= 1
    return frame


def warn(message, category=None, stacklevel=1, source=None):
    """Issue a warning, or maybe ignore it or raise an exception."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    frame = _frame_at(sys._getframe(1), stacklevel)
    if frame is None:
        names, filename, lineno = sys.__dict__, 'sys', 1
    else:
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = names.setdefault('__warningregistry__', {})
    _decide(message, category, filename, lineno, names.get('__name__', '<string>'), registry, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Issue a warning, or maybe ignore it or raise an exception."""
    if module is None:
        module = filename or '<unknown>'
        if module[-3:].lower() == '.py':
            module = module[:-3]
    _decide(message, category, filename, int(lineno), module, {} if registry is None else registry, source)
