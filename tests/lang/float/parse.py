for s in ("1.5", " -2.5e3 ", "1e5", ".5", "5.", "inf", "-Infinity", "nan", "1_0.5", "1e400", "1e-400"):
    print(float(s))
for s in ("", "abc", "1.5.2", "1__0", "e5", "0x10"):
    try:
        float(s)
    except ValueError as error:
        print(error)
