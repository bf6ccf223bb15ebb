print()
print(1, "a", None, sep="-", end="!\n")
print("x", end="")
print("y", sep="ignored")
print(*[1, 2], sep="\n")
print("é", [("é",)], sep=" ", flush=True)
try:
    print(1, sep=5)
except TypeError as e:
    print(e)
