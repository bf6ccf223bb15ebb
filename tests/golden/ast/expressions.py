a or b and not c
a < b <= c is not d not in e
x if y else z
lambda a, *b, c=1: a
[i for i in x if i for j in y], {i: j for i in x}, {*a}, {**b, "k": 1}
f(a, *b, c=d, **e)[1:2, ::3].attr
-a ** -b // ~c @ d << 1 | 2 & 3
(y := 5), 1_0, 0xff, 1.5e3, 2j, "s" "t", b"b", None, True, ...
f"{a!r:>{w}}{b=}"
