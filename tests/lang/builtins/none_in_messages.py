# None is called by its name where an argument has to be something else.
def tell(f, *args):
    try:
        print("made", f(*args))
    except TypeError as e:
        print(e)


tell(bytes, "x", None)
tell(bytes, "x", "utf-8", None)
tell(bytearray, "x", None)
tell(b"x".decode, None)
tell(b"x".decode, "utf-8", None)
tell(bytearray(b"x").decode, None)
tell(str, b"x", None)
tell(b"a".center, 1, None)
tell(b"a".ljust, 1, 2)
tell(bytes.fromhex, None)
tell(bytes.fromhex, 1)
tell(type, None, (), {})
tell(type, "a", None, {})
tell(type, "a", (), None)
tell(type, "a", (), 1)
