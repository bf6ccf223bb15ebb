s = {1, 2, 3}
try:
    for v in s:
        s.add(v + 10)
except RuntimeError as error:
    print(error)
