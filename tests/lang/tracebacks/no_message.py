# stderr: whole
def f():
    raise KeyError
try:
    f()
except KeyError as error:
    raise
