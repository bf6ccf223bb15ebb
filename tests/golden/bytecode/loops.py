def f(n):
    total = 0
    for i in range(n):
        if i % 2:
            continue
        total += i
    while total > 100:
        total -= 7
    return total
