# Decimal literals have as many digits as sys.set_int_max_str_digits() allows.
import sys

sys.set_int_max_str_digits(2999)
try:
    compile(f"a = 1\nb = 2\nc = {'3' * 3000}\nd = 4", 'x', 'exec')
except SyntaxError as e:
    print(e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
compile('0x' + '3' * 3000, 'x', 'eval')
sys.set_int_max_str_digits(0)
print(len(compile(f"c = {'3' * 5000}", 'x', 'exec').co_consts))
sys.set_int_max_str_digits(4300)
