def f(v):
    match v:
        case {"type": "point", "x": x, "y": y}: return f"point {x} {y}"
        case {"type": t, **rest}: return f"{t} {rest}"
        case {"k": {"deep": [a, _]}}: return f"deep {a}"
        case {1: _}: return "one"
        case {}: return "any mapping"
        case _: return "no"
for v in ({"type": "point", "x": 1, "y": 2}, {"type": "q", "z": 3}, {"k": {"deep": [5, 6]}}, {1: 2}, {}, {"other": 1}, [], None):
    print(v, "->", f(v))
