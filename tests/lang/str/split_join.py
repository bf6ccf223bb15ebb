print("a,b,,c".split(","), " a  b c ".split(), "a b c".split(" ", 1), "a b c".rsplit(None, 1), "".split(), "".split(","))
print("a-b-c".partition("-"), "abc".partition("-"), "a-b-c".rpartition("-"), "abc".rpartition("-"))
print("l1\nl2\r\nl3\rl4".splitlines(), "a\nb\n".splitlines(True), "\n".splitlines())
print(",".join(["a", "b"]), "".join([]), "-".join("abc"), ", ".join(str(i) for i in range(3)))
try:
    ",".join([1])
except TypeError as error:
    print(error)
try:
    "a".split("")
except ValueError as error:
    print(error)
