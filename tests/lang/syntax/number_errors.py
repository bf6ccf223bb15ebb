# Literals of numbers that are none, and unpacking in the wrong order: message and place.
import warnings

warnings.simplefilter("ignore")
for s in ['0b12','0o8','0xg','1_','0b2','0b','0o','0b1_','1__0','0b13','08','1e','0_7', '1.e','1a','0xfg','1_a', '0b1a','0o1a', '1jx','1.5z','0777', '1ee','0o18','0b_','0x','0x_','1.5_','1e5_','0_','00','0_0','1_.5','1if 2else 3','0xfor x in []','1and 2','08.5','09j','0o7_8','0b1_2','1.5e','1e+','1_000x','5 a','0x1_', '0b1 2', '[0b12]', 'x = 0b12']:
    try: compile(s,'x','eval'); print(s,'ok')
    except SyntaxError as e: print(s, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)

for s in ['f(**a, *b)', 'f(x, **a, *b)', 'f(x, **a, y=2, *b)']:
    try:
        compile(s, 'x', 'eval')
    except SyntaxError as e:
        print(s, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
