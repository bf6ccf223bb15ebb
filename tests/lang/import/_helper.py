print("helper runs once")
VALUE = 41
_hidden = 1
def double(x):
    return x * 2
