# A generator that returns something ends a loop by an exception that trace functions are told of.
import sys


def returning():
    yield 1
    return 'value'


def plain():
    yield 1


def loop(generator):
    for item in generator:
        item += 1
    return item


def trace(frame, event, argument):
    if event == 'exception':
        kind, value, place = argument
        print(frame.f_code.co_name, kind.__name__, value.args, place, frame.f_lineno - loop.__code__.co_firstlineno)
    elif event != 'opcode':
        print(frame.f_code.co_name, event)
    return trace


for make in returning, plain:
    sys.settrace(trace)
    loop(make())
    sys.settrace(None)
    print()
