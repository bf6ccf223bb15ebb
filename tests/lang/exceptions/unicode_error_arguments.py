# The exceptions of codecs look at the types of their arguments, in their order.
def tell(f, *args):
    try:
        print(repr(f(*args)))
    except TypeError as e:
        print(e)


tell(UnicodeTranslateError, 1, 2, 3, 4)
tell(UnicodeTranslateError, "1", 2, 3, 4)
tell(UnicodeTranslateError, "1", "2", 3, "4")
tell(UnicodeTranslateError, "1", 2, None, "4")
tell(UnicodeTranslateError, "1", 2, 3, None)
tell(UnicodeTranslateError, "1", 2, 3, "4")
tell(UnicodeEncodeError, 1, 2, 3, 4, 5)
tell(UnicodeEncodeError, "1", 2, 3, 4, 5)
tell(UnicodeEncodeError, "1", "2", "3", 4, 5)
tell(UnicodeEncodeError, "1", "2", 3, 4, 5)
tell(UnicodeEncodeError, "1", "2", 3, 4, "5")
tell(UnicodeDecodeError, None, 2, 3, 4, 5)
tell(UnicodeDecodeError, "1", b"2", 3, 4, 5)
tell(UnicodeDecodeError, "1", b"2", True, 4, "5")
tell(UnicodeDecodeError, "1", bytearray(b"2"), 3, 4, "5")

# What a SyntaxError is told of its place may be any iterable.
tell(SyntaxError, "a", ())
tell(SyntaxError, "a", (1, 2))
tell(SyntaxError, "a", "abc")
tell(SyntaxError, "a", "abcd")
tell(SyntaxError, "a", "abcde")
tell(SyntaxError, "a", [1, 2, 3, 4])
tell(SyntaxError, "a", "abcdefg")
tell(SyntaxError, "a", 1)
