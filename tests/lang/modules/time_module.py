import time
a = time.perf_counter()
b = time.monotonic()
time.sleep(0.01)
print(time.perf_counter() - a >= 0.01, time.monotonic() - b >= 0.01, time.time() > 1.6e9, type(time.time_ns()).__name__, time.perf_counter_ns() > 0)
