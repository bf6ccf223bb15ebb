n = 0
while n < 3:
    n += 1
    if n == 2:
        continue
    print(n)
else:
    print("else")
while True:
    n += 1
    if n > 5:
        break
else:
    print("not reached")
print(n)
while 0:
    pass
else:
    print("at once")
