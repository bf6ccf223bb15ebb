# Classes derived from the native buffered and text streams, over raw streams that the program has written.
import io
class Raw:
    closed = False
    def __init__(s, d): s.d = d; s.p = 0
    def readable(s): return True
    def seekable(s): return True
    def writable(s): return False
    def flush(s): pass
    def close(s): s.closed = True
    def tell(s): return s.p
    def seek(s, p, w=0): s.p = p; return p
    def read(s, n): r = s.d[s.p:s.p + n]; s.p += len(r); return r
    def readinto(s, b):
        r = s.d[s.p:s.p + len(b)]; b[:len(r)] = r; s.p += len(r); return len(r)
class B(io.BufferedReader):
    def __init__(self, d, tag):
        super().__init__(Raw(d)); self.tag = tag
    def readlines(self): return "over"
with B(b"abc\ndef\n", 5) as b:
    print(b.read(2), b.tag, type(b).__name__, isinstance(b, B), isinstance(b, io.BufferedReader), b.readline(), b.readlines(), b.seek(0), list(b), b.closed, b.peek(1))
print(b.closed, b.raw.closed)
class T(io.TextIOWrapper): pass
t = T(io.BufferedReader(Raw(b"x\xe9\ny")), encoding="latin-1"); print(t.readlines(), type(t).__name__)
t = T(io.BytesIO("ab".encode("utf-16")), "utf-16"); print(t.read(), repr(io.BytesIO())[:16],
      *(repr(open(__file__, mode)).replace(__file__, "FILE") for mode in ("r", "rb")))
