# Texts that differ in one character only.
for b in b"'", b'"', b"'\"", b"\\", b"it's\n", b"":
    print(repr(b), repr(bytearray(b)), str(bytearray(b)))
for f in (lambda: b"%i" % "1", lambda: b"%i" % b"1", lambda: b"%u" % b"1", lambda: b"%d" % None,
          lambda: "%i" % b"1", lambda: (-1).to_bytes(0, "big"), lambda: (-1).to_bytes(0, "big", signed=True),
          lambda: (-2).to_bytes(0, "big", signed=True), lambda: (1).to_bytes(0, "big"),
          lambda: (0).to_bytes(0, "big", signed=True), lambda: (-1).to_bytes(1, "big", signed=True)):
    try:
        print(f())
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
