for i in range(3):
    if i == 5:
        break
else:
    print("no break", i)
for i in "abc":
    if i == "b":
        break
else:
    print("not reached")
print(i)
for i in []:
    pass
else:
    print("empty", i)
for i in range(2):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        print(i, j)
