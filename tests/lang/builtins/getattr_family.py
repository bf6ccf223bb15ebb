class C:
    x = 1
c = C()
setattr(c, "y", 2)
print(getattr(c, "x"), getattr(c, "y"), getattr(c, "z", 3), hasattr(c, "z"), vars(c), sorted(a for a in dir(c) if not a.startswith("_")))
delattr(c, "y")
for f in (lambda: getattr(c, "z"), lambda: delattr(c, "z"), lambda: getattr(c, 5), lambda: setattr(5, "a", 1), lambda: vars(5), lambda: setattr(int, "a", 1)):
    try:
        f()
    except (AttributeError, TypeError) as e:
        print(e)
