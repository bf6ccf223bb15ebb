import cyc.a
print(cyc.a.from_b(), cyc.b.from_a())
