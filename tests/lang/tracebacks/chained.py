# stderr: whole
def f():
    try:
        {}["key"]
    except KeyError as error:
        raise ValueError("converted") from error
def g():
    try:
        f()
    except ValueError:
        undefined_name
g()
