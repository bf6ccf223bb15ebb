"""What importlib asks of the lower floor of warnings. The module warnings itself needs nothing from here."""


def warn(message, category=None, stacklevel=1, source=None):
    """Issue a warning, or maybe ignore it or raise an exception."""
    import warnings
    warnings.warn(message, category, stacklevel + 1, source)


def warn_explicit(*arguments, **options):
    """Issue a warning, or maybe ignore it or raise an exception."""
    import warnings
    warnings.warn_explicit(*arguments, **options)
