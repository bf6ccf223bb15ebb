# A hook that raises: both exceptions are shown.
# stderr: whole
import sys
def hook(t, v, tb): 1/0
sys.excepthook = hook
{}["x"]
