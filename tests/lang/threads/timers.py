# threading.Timer calls a function later, or not at all.
import threading

done = []
t = threading.Timer(0.02, done.append, args=['called'])
t.start()
t.join()
u = threading.Timer(30, done.append, args=['never'])
u.start()
u.cancel()
u.join()
print(done)
