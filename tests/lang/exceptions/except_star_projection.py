# What except* raises at its end: one exception alone, and what is left of the group in its old shape.
def show(exception):
    if isinstance(exception, BaseExceptionGroup):
        return f'{type(exception).__name__}({exception.message!r}, [{", ".join(map(show, exception.exceptions))}])'
    return repr(exception)


def attempt(run):
    try:
        run()
    except BaseException as error:
        print(show(error), '|', error.__context__ and show(error.__context__))


def one_raised():
    try:
        raise ExceptionGroup('eg', [TypeError(1), ValueError(2)])
    except* (TypeError, ValueError):
        raise SyntaxError(3)


def plain_again():
    try:
        raise ValueError(42)
    except* ValueError:
        raise


def nested_rest():
    try:
        raise ExceptionGroup('eg', [TypeError(1), ValueError(2), ExceptionGroup('in', [ValueError(3), OSError(4)])])
    except* ValueError:
        pass
    except* OSError:
        raise


def raised_and_rest():
    try:
        raise ExceptionGroup('eg', [TypeError(1), ExceptionGroup('in', [ValueError(3), KeyError(4)])])
    except* ValueError:
        raise LookupError(5)


attempt(one_raised)
attempt(plain_again)
attempt(nested_rest)
attempt(raised_and_rest)
