print("%s %d %r %x %o %c %%" % ("a", 42, "b", 255, 8, "z"), "%5d|%-5d|%05d|%+d" % (1, 2, 3, 4), "%.2s|%5s|" % ("abc", "x"))
print("%(a)s %(b)03d" % {"a": 1, "b": 2}, "%s" % (1,), "%s" % [1, 2], "%i %u" % (3.9, 4), "%#x %#o" % (255, 8), "%c" % 65)
for f in (lambda: "%d" % "x", lambda: "%s %s" % (1,), lambda: "%s" % (1, 2), lambda: "%z" % 1, lambda: "%(a)s" % 1):
    try:
        f()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
