def f(v):
    match v:
        case 0: return "zero"
        case 1 | 2: return "small"
        case -5: return "minus"
        case 1.5: return "float"
        case 2 + 3j: return "complex"
        case "a": return "str"
        case b"b": return "bytes"
        case None: return "none"
        case True: return "true"
        case [] : return "empty"
        case str() as s: return "string " + s
        case int(n) if n > 100: return f"big {n}"
        case _: return "other"
for v in (0, 1, 2, -5, 1.5, 2 + 3j, "a", b"b", None, True, False, [], (), "zz", 500, 50, {}):
    print(repr(v), f(v))
