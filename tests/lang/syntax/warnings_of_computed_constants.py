# Doubtful comparisons, calls and subscripts are seen through what is computed at compile time.
import warnings


def tell(source):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        compile(source, "doubtful", "exec")
    print(source, [str(w.message) for w in seen])


for source in """x is ()
x is not ()
x is -1
-1 is not x
x is (1, 2)
x is (1, x)
x is (1, (2, -3))
x is 1 + 2
x is ~1
x is not -1.5
x is -1j
x is "a" * 2
x is (1,)[0]
x is (None,)[0]
x is not True
x is (not 1)
x is __debug__
x == -1 is x
x < y is ()
if x is (): pass
x is -y
x is [1][0]
(-1)()
(1 + 2)()
(-1.5)[0]
(2 * 3)["a"]
"ab"[-1]
"ab"[-1.0]
(1, 2)[1 + 1]
[1, 2][2 * 1.0]
(1, 2)[0]()""".splitlines():
    tell(source)
