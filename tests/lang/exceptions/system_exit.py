import sys
try:
    sys.exit(3)
except SystemExit as e:
    print(e.code)
try:
    print("leaving")
    sys.exit(4)
finally:
    print("cleanup")
