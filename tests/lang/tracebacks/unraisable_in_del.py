# modes: -gc the order of finalizers depends on the collection
import gc
class D:
    def __del__(self):
        raise ValueError("ignored")
def f():
    D()
f()
gc.collect()
print("goes on")
