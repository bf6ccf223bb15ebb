def f():
    import _helper
    from _helper import double
    return _helper.VALUE, double(1)
print(f(), "_helper" in globals())
class C:
    from _helper import VALUE
print(C.VALUE, __import__("_helper").VALUE, __name__)
