try:
    from . import nothing
except ImportError as e:
    print(e)
try:
    exec("from .. import x", {"__name__": "p.q", "__package__": "p"})
except ImportError as e:
    print(type(e).__name__)
