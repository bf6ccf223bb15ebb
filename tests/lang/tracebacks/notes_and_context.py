# stderr: whole
error = ValueError("with notes")
error.add_note("first note")
error.add_note("second note")
try:
    1 / 0
except ZeroDivisionError:
    raise error
