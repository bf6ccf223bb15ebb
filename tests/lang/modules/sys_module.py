import sys
print(sys.maxsize, sys.byteorder, sys.version_info[:2], sys.version_info.major, sys.maxunicode, sys.float_info.max, sys.int_info.bits_per_digit > 0)
print(len(sys.argv), sys.argv[0].endswith("sys_module.py"), "builtins" in sys.modules, sys.getrecursionlimit(), type(sys.path).__name__)
print(sys.stdout.write("text\n"), sys.getdefaultencoding(), sys.intern("abc") == "abc", sys.platform)
sys.stdout.flush()
def f():
    return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name
print(f(), sys._getframe().f_lineno)
