def t(v):
    print("eval", v)
    return v
print(t(0) or t(""), t(1) or t(2), t(1) and t(2), t([]) and t(2))
print(not 0, not 1, not [], not [0], not None)
print(1 and 2 or 3, 0 and 2 or 3, None or 0 or "x")
