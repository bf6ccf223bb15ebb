# sys.getsizeof asks the classes of the program.
import sys


class Sized:
    def __init__(self, answer):
        self.answer = answer

    def __sizeof__(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Number(int):
    def __sizeof__(self):
        return 1000


print(sys.getsizeof(Sized(1000)) >= 1000, sys.getsizeof(Number(1)) >= 1000, sys.getsizeof([]) > 0)
for answer in (-1, 'text', TypeError('refused'), ValueError('wrong')):
    for default in ((), ('default',)):
        try:
            print(sys.getsizeof(Sized(answer), *default))
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
print([].__add__.__objclass__, hasattr(len, '__objclass__'), hasattr([].append, '__objclass__'))
for answer in (5, (1,), ([], {}), ((), [])):
    class Args:
        def __getnewargs_ex__(self):
            return answer

    try:
        Args().__reduce_ex__(4)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    class Slots:
        __slots__ = [chr(128)]
except TypeError as error:
    print(error)
