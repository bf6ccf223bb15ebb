e = "outer"
try:
    raise ValueError("inner")
except ValueError as e:
    print(e)
try:
    e
except NameError as error:
    print(error)
def f():
    try:
        1 / 0
    except ZeroDivisionError as e:
        saved = e
    try:
        return e
    except UnboundLocalError as error:
        return str(error), str(saved)
print(f())
