# An iterator that is delegated to gets the arguments of throw() as they were given.
class Taker:
    def __iter__(self):
        return self

    def __next__(self):
        return 'item'

    def throw(self, *arguments):
        print('throw', arguments)
        if arguments[0] is StopIteration:
            raise StopIteration('end')
        return 'thrown'


class Plain:
    def __iter__(self):
        return self

    def __next__(self):
        return 'item'


def delegate(iterator):
    try:
        result = yield from iterator
    except Exception as problem:
        print('in the generator', repr(problem))
        yield 'went on'
    else:
        yield result


def nested(iterator):
    yield from delegate(iterator)


for make in delegate, nested:
    for arguments in (123,), (ValueError,), (ValueError, 'text'), (ValueError, ValueError('made')), (ValueError('instance'),), (
            StopIteration,):
        generator = make(Taker())
        next(generator)
        print(generator.throw(*arguments))
    for arguments in (123,), (ValueError,), (ValueError, 'text'), (GeneratorExit,), (int,):
        generator = make(Plain())
        next(generator)
        try:
            print(generator.throw(*arguments))
        except (TypeError, GeneratorExit) as problem:
            print(type(problem).__name__, problem)
            print(next(generator, 'ended'))

generator = delegate(Taker())
next(generator)
try:
    print(generator.throw(GeneratorExit))
except GeneratorExit as problem:
    print(repr(problem))
try:
    1 / 0
except ZeroDivisionError as problem:
    traceback = problem.__traceback__
generator = delegate(Plain())
next(generator)
print(generator.throw(KeyError, None, traceback))
