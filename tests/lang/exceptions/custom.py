class AppError(Exception):
    """Base."""
class Detail(AppError):
    def __init__(self, code, *args):
        super().__init__(code, *args)
        self.code = code
    def __str__(self):
        return f"<{self.code}>"
try:
    raise Detail(5, "x")
except AppError as e:
    print(e, repr(e), e.args, e.code, isinstance(e, Exception))
try:
    raise AppError
except AppError as e:
    print(repr(e), str(e) == "", e.args)
print(repr(ValueError("a", 1)), str(ValueError("a", 1)), str(ValueError("a")), str(KeyError("a")), repr(ValueError()))
