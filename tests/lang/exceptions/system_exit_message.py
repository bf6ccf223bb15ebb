import sys
print("before")
sys.exit("message goes to stderr")
