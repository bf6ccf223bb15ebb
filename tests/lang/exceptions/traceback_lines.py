def inner():
    raise ValueError("deep")
def outer():
    x = 1
    inner()
try:
    outer()
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
    print(e.with_traceback(None).__traceback__)
