def attempt(text, f):
    try:
        f()
    except ZeroDivisionError as error:
        print(text, "->", error)
attempt("1 / 0", lambda: 1 / 0)
attempt("1 // 0", lambda: 1 // 0)
attempt("1 % 0", lambda: 1 % 0)
attempt("1.0 / 0", lambda: 1.0 / 0)
attempt("1.0 // 0", lambda: 1.0 // 0)
attempt("1.0 % 0", lambda: 1.0 % 0)
attempt("divmod", lambda: divmod(1, 0))
attempt("0 ** -1", lambda: 0 ** -1)
attempt("0.0 ** -1", lambda: 0.0 ** -1)
attempt("big", lambda: 10**30 // 0)
attempt("complex", lambda: 1j / 0)
