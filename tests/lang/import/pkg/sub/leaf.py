NAME = __name__
def up():
    from .. import LOADED
    from ..sibling import use
    return LOADED, use.__name__
