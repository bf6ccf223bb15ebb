# __reduce__ and __setstate__ of tasklets and channels; what else travels: names, buffers, selects.
# expect: 8 0 frames None
# expect: done 5
# expect: copied done 5
# expect: extra True
# expect: done 6
# expect: (-1, 2, 1)
# expect: RuntimeError You cannot __reduce__ the tasklet which is current.
# expect: RuntimeError tasklet is alive
# expect: UnpicklingError bad state of 'stackless.tasklet' object in pickle
# expect: 8 [] True
# expect: 1 2 full
# expect: -1 -1 True selector
# expect: (1, 7) 0 True
# expect: (0, 8)
# expect: (0, 9)
# expect: True
import copy
import lisle
import pickle
import stackless


def work(n):
    stackless.schedule_remove()
    print('done', n)


def go(t):
    t.insert()
    stackless.run()


t = stackless.tasklet(work)(5)
stackless.run()
make, args, state = t.__reduce__()
print(len(state), state[2], type(state[3][0]).__name__, state[7])
twin = make(*args)
twin.__setstate__(state)
go(twin)
print('copied ', end='')
go(copy.copy(t))


class Noted(stackless.tasklet):
    def __reduce__(self):
        make, args, state = super().__reduce__()
        return make, args, (state, self.note)

    def __setstate__(self, state):
        super().__setstate__(state[0])
        self.note = state[1]


n = Noted(work)(6)
n.note = 'extra'
stackless.run()
twin = pickle.loads(pickle.dumps(n))
print(twin.note, twin.paused)
go(twin)

c = stackless.channel()
c.preference = 1
w = stackless.tasklet(c.receive)()
stackless.run()
balance, flags, waiting = c.__reduce__()[2]
print((balance, flags, len(waiting)))


def fails(f, *args):
    try:
        f(*args)
    except Exception as e:
        print(type(e).__name__, e)


fails(stackless.current.__reduce__)
fails(w.__setstate__, state)
fails(stackless.tasklet().__setstate__, (1, 2))
c.send(1)
stackless.run()
dead = w.__reduce__()[2]
print(len(dead), dead[3], pickle.loads(pickle.dumps(w)).alive is False)

b = lisle.buffered(2)
b.send(1)
b.send(2)
b = pickle.loads(pickle.dumps(b))
full = stackless.tasklet(b.send)('full')
stackless.run()
print(b.receive(), b.receive(), b.receive())

# A select waits in several queues at once; in the copy it does as well.
one, two = lisle.channel(), lisle.channel()
s = lisle.spawn(lisle.select, [one, two], name='selector')
lisle.run()
first, second, copied = pickle.loads(pickle.dumps((one, two, s)))
print(first.balance, second.balance, copied.blocked, copied.name)
second.send(7)
lisle.run()
print(copied.join(), first.balance, copied.done)
# A channel that does not come along is missed by nobody.
alone, copied = pickle.loads(pickle.dumps((one, s)))
alone.send(8)
lisle.run()
print(copied.join())
one.send(9)
print(s.join())
alone, copied = pickle.loads(pickle.dumps((c, t)))
copied.kill()
print(copied.alive is False)
