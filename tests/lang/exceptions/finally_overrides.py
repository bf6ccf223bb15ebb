def a():
    try:
        return "try"
    finally:
        return "finally"
def b():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"
def c():
    try:
        1 / 0
    finally:
        raise KeyError("replaces")
def d():
    x = 1
    try:
        return x
    finally:
        x = 2
print(a(), b(), d())
try:
    c()
except KeyError as e:
    print(e, repr(e.__context__))
