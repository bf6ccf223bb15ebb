# A thread that waits by spinning does not keep the one it waits for from running.
import _thread

flag = False
count = 0


def setter():
    global flag
    for _ in range(1000):
        pass
    flag = True


_thread.start_new_thread(setter, ())
while not flag:
    count += 1
print(flag, count > 0)

# Two spinning threads and a spinning main.
turn = 0


def spin(mine, rounds):
    global turn
    for _ in range(rounds):
        while turn % 3 != mine:
            pass
        turn += 1


_thread.start_new_thread(spin, (0, 5))
_thread.start_new_thread(spin, (1, 5))
spin(2, 5)
print(turn)
