def attempt(f):
    try:
        f()
    except TypeError as error:
        print(error)
attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: [] + ())
attempt(lambda: None * 2)
attempt(lambda: {} - {})
attempt(lambda: "a" % 1)
attempt(lambda: -"a")
attempt(lambda: ~1.5)
attempt(lambda: +None)
attempt(lambda: 1 @ 2)
attempt(lambda: "a" * "b")
attempt(lambda: 1 << 1.0)
attempt(lambda: 2 ** "x")
def augmented():
    x = 1
    x += "a"
attempt(augmented)
