n = 0
for i in range(20000):
    try:
        if i % 3 == 0:
            raise ValueError(i)
    except ValueError as e:
        n += e.args[0]
print(n)
