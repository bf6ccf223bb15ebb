# A context that the program took away stays away until a raise statement gives another.
import contextlib


def shown(error):
    return type(error).__name__, repr(error.__context__), error.__suppress_context__


def generator():
    try:
        yield
    except ValueError:
        raise


def thrown():
    running = generator()
    next(running)
    try:
        1 / 0
    except ZeroDivisionError:
        error = ValueError('thrown')
        error.__context__ = None
        running.throw(error)


def raised_again():
    try:
        1 / 0
    except ZeroDivisionError:
        try:
            raise ValueError('again')
        except ValueError as error:
            error.__context__ = None
            raise


def raised_anew():
    try:
        1 / 0
    except ZeroDivisionError:
        try:
            raise ValueError('anew')
        except ValueError as error:
            error.__context__ = None
            other = error
        raise other


def through_natives():
    def key(item):
        error = ValueError('key')
        try:
            raise error
        except ValueError:
            error.__context__ = None
            raise
    try:
        1 / 0
    except ZeroDivisionError:
        sorted([1], key=key)


def stacked():
    class Ends:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            try:
                raise KeyError('exit')
            except KeyError as error:
                error.__context__ = None
                raise
    with contextlib.ExitStack() as stack:
        stack.enter_context(Ends())
        1 / 0


for function in thrown, raised_again, raised_anew, through_natives, stacked:
    try:
        function()
    except (ValueError, KeyError) as error:
        print(function.__name__, *shown(error))
