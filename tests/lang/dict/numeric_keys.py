d = {1: "int"}
d[1.0] = "float"
d[True] = "bool"
d[0] = "zero"
d[False] = "false"
d[-0.0] = "negative zero"
d[2**70] = "big"
print(d, d[2.0**70], d[1 + 0j])
