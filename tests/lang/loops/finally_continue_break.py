def f():
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print("body", i)
        finally:
            print("finally", i)
    for i in range(3):
        try:
            return i
        finally:
            print("returning")
print(f())
def g():
    while True:
        try:
            return 1
        finally:
            break
    return 2
print(g())
