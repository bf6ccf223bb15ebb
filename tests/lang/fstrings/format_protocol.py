class V:
    def __format__(self, spec): return f"V[{spec}]"
    def __repr__(self): return "VR"
    def __str__(self): return "VS"
v = V()
print(f"{v} {v:x>3} {v!r} {v!s:>5} {v=} {v = !s}", "{:a b}".format(v), format(v, "q"))
class P: pass
try:
    f"{P():x}"
except TypeError as error:
    print(error)
try:
    f"{1:q}"
except ValueError as error:
    print(error)
