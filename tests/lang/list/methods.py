x = [3, 1, 2]
x.append(5)
x.extend((1, 0))
x.insert(0, 9)
x.insert(100, 8)
x.insert(-1, 7)
print(x, x.pop(), x.pop(0), x.pop(-2), x)
x.remove(1)
print(x, x.index(1), x.count(1), x.index(2, 1))
x.reverse()
y = x.copy()
y.clear()
print(x, y)
for f in (lambda: x.remove(99), lambda: x.index(99), lambda: [].pop(), lambda: x.pop(50)):
    try:
        f()
    except (ValueError, IndexError) as error:
        print(error)
