for e in (ZeroDivisionError, KeyError, IndexError, FileNotFoundError, UnicodeDecodeError, ModuleNotFoundError, RecursionError,
          NotImplementedError, UnboundLocalError, StopIteration, SystemExit, KeyboardInterrupt, GeneratorExit, OSError, TypeError,
          IndentationError, TabError, BrokenPipeError, TimeoutError, UserWarning, AssertionError, MemoryError, ExceptionGroup):
    print([c.__name__ for c in e.__mro__])
print(IOError is OSError, EnvironmentError is OSError)
