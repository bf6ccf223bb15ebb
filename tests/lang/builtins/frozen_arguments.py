for f in (lambda: len(), lambda: len(1, 2), lambda: abs("x"), lambda: ord(1), lambda: chr("a"), lambda: isinstance(1), lambda: "a".join(), lambda: [].append(), lambda: [].append(1, 2), lambda: {}.get(), lambda: divmod(1), lambda: round("x"), lambda: hex(1.5), lambda: iter(), lambda: len(x=1), lambda: "a".upper(1), lambda: [].sort(1), lambda: print(foo=1)):
    try:
        f()
    except TypeError as e:
        print(e)
