s = "aé€😀"
print(s.encode(), s.encode("utf-16-le"), "aé".encode("latin-1"), s.encode("ascii", "ignore"), s.encode("ascii", "replace"))
print(s.encode("ascii", "backslashreplace"), s.encode("ascii", "xmlcharrefreplace"))
print(b"\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode(errors="ignore"))
for f in (lambda: s.encode("ascii"), lambda: b"\xff".decode(), lambda: s.encode("nope"), lambda: "\ud800".encode()):
    try:
        f()
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error)
