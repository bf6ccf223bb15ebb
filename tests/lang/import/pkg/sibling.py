from .sub.leaf import NAME
from . import sub
from .sub import leaf
def use():
    return NAME, sub.__name__, leaf.up()
