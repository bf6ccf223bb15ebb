s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("x"), s.rfind("a"), s.index("bra"), s.rindex("bra"), s.count("a"), s.count("abra"))
print(s.count(""), s.find("", 5), s.find("a", -3), s.find("b", 2, 4), s.startswith("abr"), s.endswith(("x", "bra")))
print("bra" in s, "xyz" in s, "" in s, s.startswith("bra", 1), s.startswith(""))
try:
    s.index("z")
except ValueError as error:
    print(error)
