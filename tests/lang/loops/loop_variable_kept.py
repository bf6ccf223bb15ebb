for i in range(3):
    i = i * 10
print(i)
data = {}
for data["k"] in range(3):
    pass
print(data)
class A: pass
a = A()
for a.v in "ab":
    pass
print(a.v)
