b = b"hello world"
print(b.find(b"o"), b.rfind(b"o"), b.count(b"l"), b.replace(b"l", b"L"), b.split(), b.split(b"o"), b.upper(), b.title())
print(b.startswith(b"he"), b.hex(), b.hex(":"), bytes.fromhex("48 65"), b.partition(b" "), b"".join([b"a", b"b"]))
print(b.strip(b"hd"), b.center(15, b"*"), b"12".isdigit(), b"a\nb".splitlines(), b.index(b"w"), b.find(111), b"%d %s" % (1, b"x"))
