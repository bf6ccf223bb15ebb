total = 0
for i in range(2**62 - 2, 2**62 + 2):
    print(i)
for i in range(10**20, 10**20 - 3, -1):
    total += i
print(total)
