x: int = 5
y: "str"
(z): float = 1.0
class C:
    a: int
    b: str = "x"
def f(p: int, *a: str, k: float = 1, **kw: dict) -> None:
    local: undefined_is_fine = 3
    return local
print(__annotations__, C.__annotations__, f.__annotations__, f(1), x, hasattr(C, "a"))
