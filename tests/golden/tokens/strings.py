a = 'x' "y", r'\n', b'\x00', """long
string"""
f = f"{a!r:>{10}} {{}} {a=}"
