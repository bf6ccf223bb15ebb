# modes: -gc a collection at each allocation of a large heap takes minutes
# Nesting of any depth is pickled and read without recursion.
# expect: True 200000
import pickle

nested = []
for i in range(200000):
    nested = [nested]
back = pickle.loads(pickle.dumps(nested))
depth = 0
while back:
    back = back[0]
    depth += 1
print(depth == 200000, depth)
