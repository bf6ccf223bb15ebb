# What is missing is told before what is given twice, and that before what has no such name.
import io


def tell(f, *args, **keywords):
    try:
        print("made", f(*args, **keywords))
    except TypeError as e:
        print(e)


tell(open, q=1)
tell(open, "x", q=1)
tell(open, "x", file="y", q=1)
tell(open, "x", q=1, file="y")
tell(round, q=1)
tell(round, 1, q=1)
tell(pow, q=1)
tell(pow, 1, q=1)
tell(pow, 1, base=2)
tell(pow, 1, base=2, exp=3)
tell(pow, 1, 2, q=2)
tell(compile, q=1)
tell(compile, "", q=1)
tell(compile, "", "", source="")
tell(int.from_bytes, q=1)
tell(int.from_bytes, b"", q=1)
tell(memoryview, q=1)
tell(__import__, q=1)
tell("".encode, q=1)
tell("".split, " ", sep=" ", q=1)
tell((1).to_bytes, 1, q="big")
tell((1).to_bytes, 1, length=2, q="big")


# Functions of the program tell of them the other way round.
def plain(a, b, *, c): pass


tell(plain, q=1)
tell(plain, 1, q=1)
tell(plain, 1, a=2)
tell(plain, 1, a=2, q=3)
tell(plain, 1, q=3, a=2)
tell(plain, 1, 2, 3, q=1)
tell(plain, 1, 2)
