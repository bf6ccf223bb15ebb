for _ in range(2):
    try:
        import _broken
    except ZeroDivisionError as e:
        print(e)
import sys
print("_broken" in sys.modules)
