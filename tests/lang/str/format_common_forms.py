# Every common directive and field, beside relatives that take the general way: both must agree on the text.
class Int(int):
    def __str__(self):
        return "an int"


class Text(str):
    def __format__(self, spec):
        return "<" + spec + ">"


values = [0, 7, -7, 255, 1 << 70, -(1 << 70), 1.5, -0.0, 1e300, float("inf"), True, None, "a", "é\n", "", Int(3),
          Text("t"), (1,), [1]]
for form in ["%s", "%r", "%d", "%i", "%x", "%X", "%o", "%5d|", "%-5d|", "%05d", "%-05d|", "%+d", "% d", "%.3d", "%f", "%.2f",
             "%8.2f|", "%-8.1f|", "%08.1f", "%g", "%e", "%5s|", "%-5s|", "%.1s|", "%5r|", "%a", "%c", "%%%s%%", "%1000d"]:
    row = []
    for v in values:
        try:
            text = form % (v,)
            row.append(text if len(text) < 40 else len(text))
        except (TypeError, ValueError, OverflowError) as e:
            row.append(str(e))
    print(form, row)
for form in ["{}", "{0}", "{!r}", "{!s}", "{:}", "{:5}|", "{:<5}|", "{:>8.2f}|", "{:05}", "{:x}", "{:,}", "{0!r}", "{{{}}}", "{!a}",
             "{0:{0}}", "{:%}", "}}{0}{{"]:
    row = []
    for v in values:
        try:
            text = form.format(v)
            row.append(text if len(text) < 40 else len(text))
        except (TypeError, ValueError, OverflowError) as e:
            row.append(str(e))
    print(form, row)


def error(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


for form, args in [("%s %s", (1,)), ("%s", (1, 2)), ("%s", ()), ("%", (1,)), ("%d", "x"), ("%z", 1), ("abc", 1), ("%(a)s", {"a": 1}),
                   ("%s", {"a": 1}), ("%s", [1]), ("%5.3", 1), ("%.%", 1), ("%%", 1), ("%%", ())]:
    error(lambda: form % args)
for form in ["{", "}", "{0}{}", "{}{0}", "{2}", "{a}", "{0.real}", "{!x}", "{!", "{:", "{0", "{", "{:d}{:s}", "{0}{1}", "{1}{0}"]:
    error(form.format, 1, "two")
print("{} {}".format("a" * 200, "ü" * 3), "%s %s" % ("b" * 200, "\U0001F600"))
