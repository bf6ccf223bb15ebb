def work(items):
    done = 0
    try:
        for i in range(100):
            done += items[i]
    except IndexError as e:
        return done, str(e)
    finally:
        items.append(1)
    return done
items = [1, 2, 3]
print(work(items), work(items), len(items))
def deep(n):
    if n == 0:
        raise ValueError("bottom")
    return deep(n - 1) + 1
def caught(n):
    try:
        return deep(n)
    except ValueError as e:
        lines = 0
        tb = e.__traceback__
        while tb:
            lines += 1
            tb = tb.tb_next
        return lines, str(e)
print(caught(0), caught(5), caught(500))
def unbound(flag):
    if flag:
        x = 1
    for i in range(2):
        try:
            print(x)
        except UnboundLocalError as e:
            print(e)
            x = 2.5
unbound(True)
unbound(False)
def forever(n):
    return forever(n + 1)
try:
    forever(0)
except RecursionError as e:
    print(e)
def locals_seen(n):
    total = 0
    for i in range(n):
        total += i
        if i == 3:
            return sorted(locals().items())
print(locals_seen(10))
def cells(n):
    k = 0
    def add(x):
        nonlocal k
        k += x
        return k
    for i in range(n):
        add(i)
    return k
print(cells(10))
