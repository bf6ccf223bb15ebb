# `raise X` makes an instance of X: plainly for builtin classes and what is derived from them, else by a call.
class Plain(KeyError):
    pass


class Slots(ValueError):
    __slots__ = ("a",)


class Counted(Exception):
    made = 0

    def __new__(cls):
        cls.made += 1
        return super().__new__(cls)


class Told(Exception):
    def __init__(self):
        super().__init__("told")
        self.extra = 1


class Meta(type):
    def __call__(cls):
        return super().__call__("from the metaclass")


class ByMeta(Exception, metaclass=Meta):
    pass


class Wrong(Exception):
    def __new__(cls):
        return 5


for cls in (KeyError, StopIteration, SystemExit, OSError, SyntaxError, ImportError, KeyboardInterrupt, BaseException,
            MemoryError, Plain, Slots, Counted, Told, ByMeta, Wrong, UnicodeDecodeError, ExceptionGroup, int):
    try:
        raise cls
    except BaseException as e:
        print(cls.__name__, type(e).__name__, e.args, vars(e) if hasattr(e, "__dict__") else None, e.__traceback__.tb_lineno)
    if cls is Wrong:
        continue
    try:
        raise ValueError from cls
    except BaseException as e:
        print(type(e).__name__, repr(e.__cause__))
print(Counted.made)
try:
    try:
        raise StopIteration
    except StopIteration as e:
        print(e.value)
        raise KeyError
except KeyError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
