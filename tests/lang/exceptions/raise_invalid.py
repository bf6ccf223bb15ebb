for value in (5, "text", None, int, object()):
    try:
        raise value
    except TypeError as e:
        print(e)
try:
    try:
        1 / 0
    except "string":
        pass
except TypeError as e:
    print(e)
try:
    try:
        1 / 0
    except (ValueError, 5):
        pass
except TypeError as e:
    print(e)
class Late(Exception):
    def __init__(self):
        raise KeyError("in init")
try:
    raise Late
except KeyError as e:
    print("KeyError", e)
