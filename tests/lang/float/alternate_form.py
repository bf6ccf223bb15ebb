# "#" without a type keeps the digit after the point.
for x in 0.0, -0.0, 1.0, 1.5, 1e15, 1e16, 1e20, 1e-7, float("inf"):
    print(format(x, "#"), format(x, "#10"), format(x, "#,"), format(x, "#g"), format(x, "#.3"))
for x in 0j, 1j, 1.5 + 2j:
    print(format(x, "#"))
for s in "1_.0", "_1", "1__0", "1_j", "1e_5", "1._0", "1_0.0", "1_0j", "a", "1 + 1j":
    try:
        print(complex(s))
    except ValueError as e:
        print(e)
