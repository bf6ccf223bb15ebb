def g():
    yield
i = g()
print(i.gi_running, i.gi_frame is not None, i.gi_code.co_name, i.gi_yieldfrom)
list(i)
print(i.gi_frame, i.__qualname__)
for f in (lambda: len(i), lambda: i[0]):
    try:
        f()
    except TypeError as e:
        print(e)
