def cause():
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise ValueError("from") from z
def context():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["missing"]
def suppressed():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("none") from None
for f in (cause, context, suppressed):
    try:
        f()
    except Exception as e:
        print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    raise ValueError from KeyError
except ValueError as e:
    print(repr(e.__cause__))
