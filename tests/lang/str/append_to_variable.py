# A text that grows in a variable is never seen to change by anybody who got it before.
def aliases():
    s = ""
    seen = []
    for i in range(200):
        s += "ab"
        if i % 40 == 0:
            seen.append(s)
            t = s
            s += "-"
            print(len(t), len(s), t == s[:-1], hash(t) == hash("".join(t)))
    s += s
    return len(s), [len(x) for x in seen]


def widths():
    s = "a"
    for i in range(100):
        s += "b"
    for c in ("é", "\u20ac", "\U0001f600", "z"):
        for i in range(50):
            s += c
        print(len(s), s[-1] == c, s[0], s.isascii(), ord(max(s)))
    return s == "a" + "b" * 100 + "é" * 50 + "\u20ac" * 50 + "\U0001f600" * 50 + "z" * 50


def shown():
    s = "x" * 70
    for i in range(3):
        s += "y"
        d = locals()["s"]
        s += "z"
        print(len(d), len(s), d[-1], s[-1])


def raised():
    s = "start"
    try:
        while True:
            s += "0123456789"
            if len(s) > 100:
                s += None
    except TypeError as e:
        print(e, len(s))
    s += "end"
    return s[-5:]


def generated():
    s = ""
    for i in range(30):
        s += "abcdef"
        got = yield s
        s += got or ""


def others():
    s = ""
    try:
        for x in (1, [2]):
            s += x
    except TypeError as e:
        print(e)

    class Add(str):
        def __radd__(self, other):
            return len(other)
    s = "k" * 80
    s += "l"
    s += Add("m")
    print(s)
    s = "text"
    del s
    try:
        s += "x"
    except UnboundLocalError as e:
        print(e)
    s = "l"
    s = [s]
    s += "ab"
    return s


def returned():
    s = ""
    for i in range(50):
        s += "pq"
    try:
        return s
    finally:
        s += "never seen"


def kept():
    parts = {}
    s = ""
    for i in range(100):
        s += "key"
        parts[s] = i
    return [parts["key" * n] for n in (1, 50, 100)], len(parts)


print(aliases())
print(widths())
shown()
print(raised())
g = generated()
texts = [next(g)] + [g.send("+") for i in range(20)]
print([len(t) for t in texts], texts[-1][-8:])
print(others())
print(len(returned()), returned()[-3:])
print(kept())
