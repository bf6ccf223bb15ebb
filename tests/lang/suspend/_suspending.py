import __main__
print("module starts")
VALUE = __main__.wait(5)
