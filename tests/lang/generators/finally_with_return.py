def g():
    try:
        yield 1
        return "r"
    finally:
        print("fin")
def run():
    r = yield from g()
    print("r is", r)
print(list(run()))
def loop():
    for i in range(3):
        try:
            yield i
        finally:
            print("leave", i)
print(list(loop()))
