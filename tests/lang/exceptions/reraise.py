def f():
    try:
        try:
            raise KeyError("first")
        except KeyError:
            print("seen")
            raise
    finally:
        print("cleanup")
try:
    f()
except KeyError as e:
    print(repr(e), e.__context__)
try:
    raise
except RuntimeError as e:
    print(e)
def later():
    raise
try:
    try:
        raise IndexError("i")
    except IndexError:
        later()
except IndexError as e:
    print("reraised in callee", e)
