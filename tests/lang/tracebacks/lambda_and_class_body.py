# stderr: whole
class C:
    x = (lambda v: v.nothing)(5)
