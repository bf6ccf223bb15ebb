b = b"abc\x00\xff"
print(b, len(b), b[0], b[-1], b[1:3], list(b), b + b"d", b * 2, b"b" in b, 97 in b, 300 in [1])
print(bytes(3), bytes([1, 2]), bytes("é", "utf-8"), bytes(b"x"), b == bytes(b), b < b"b", hash(b"a") == hash(b"a"))
print(b"it's", b'"', b"\\\t\n\r", bytes(range(32, 48)))
for f in (lambda: bytes([256]), lambda: bytes("a"), lambda: b[10], lambda: b + "a", lambda: bytes(-1)):
    try:
        f()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
