import pkg.sub.leaf
print(pkg.__name__, pkg.sub.leaf.NAME, pkg.LOADED, pkg.sub.__package__, pkg.sub.leaf.__package__)
from pkg import sibling
from pkg.sub import leaf as l
print(sibling.use(), l is pkg.sub.leaf, pkg.sibling is sibling)
try:
    import pkg.missing
except ModuleNotFoundError as e:
    print(e, e.name)
try:
    import pkg.sub.leaf.deeper
except ModuleNotFoundError as e:
    print(e)
