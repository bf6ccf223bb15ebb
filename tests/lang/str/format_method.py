print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{x} {y}".format(x=1, y="z"))
print("{0[1]} {1.real} {d[k]}".format([1, 2], 3, d={"k": "v"}), "{{}}".format(), "{!r} {!s} {!a}".format("é", "é", "é"))
print("{:>5}|{:<5}|{:^5}|{:*^7}".format("a", "b", "c", "d"), "{:{}}|{:{w}.{p}}".format("x", 5, 3.14159, w=8, p=3))
for bad in ("{", "}", "{0} {}", "{5}", "{x}"):
    try:
        bad.format(1)
    except (ValueError, IndexError, KeyError) as error:
        print(type(error).__name__, error)
