# The end of the main thread waits for the others, but not for daemons.
import threading
import time


def late():
    time.sleep(0.05)
    print('the thread ends')


def never():
    while True:
        time.sleep(0.01)


threading.Thread(target=never, daemon=True).start()
threading.Thread(target=late).start()
print('main ends')
