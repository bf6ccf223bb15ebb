# Filters, categories and stack levels, decided without regular expressions.
import warnings, sys
def f(): warnings.warn("hello", stacklevel=2)


warnings.warn("dep", DeprecationWarning)
for i in range(3): warnings.warn("loop")
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    for i in range(2): warnings.warn("x")
    print(len(w), w[0].lineno, w[0].category)
with warnings.catch_warnings():
    warnings.filterwarnings("error", "bo.*", UserWarning)
    try: warnings.warn("boo")
    except UserWarning as e: print("raised", e)
try: warnings.warn("a", int)
except TypeError as e: print(e)

