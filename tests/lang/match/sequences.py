def f(v):
    match v:
        case []: return "empty"
        case [x]: return f"one {x}"
        case [1, y]: return f"1,{y}"
        case [x, [y, *z]]: return f"nested {x} {y} {z}"
        case (a, b, *rest) if rest: return f"rest {a} {b} {rest}"
        case [*_, "last"]: return "last"
        case [a, b]: return f"two {a} {b}"
        case _: return "no"
for v in ([], [5], (1, 2), [3, [4, 5, 6]], [1, 2, 3, 4], ["x", "last"], [7, 8], "ab", range(2), {1}, b"ab", (9,)):
    print(v, f(v))
