# modes: -pickle -asan where frames were may still be seen by the conservative scan of the stack
import gc
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
def f():
    D(1)
f()
gc.collect()
x = D(2)
x = None
gc.collect()
print("end")
