# What cannot be pickled is named, and the way to it.
# expect: cannot pickle '_io.TextIOWrapper' object ["reached by list[1], dict['log'], tuple[0]"]
# expect: cannot pickle '_io.TextIOWrapper' object ['reached by stackless.tasklet frame of work()']
# expect: cannot pickle 'memoryview' object None
# expect: changed has changed since frames of it were pickled
# expect: UnpicklingError bad frames True
import pickle
import stackless


def complain(obj):
    try:
        pickle.dumps(obj)
    except TypeError as e:
        print(e, getattr(e, '__notes__', None))


file = open(__file__)
complain([1, {'log': (file, 2)}])


def work(f):
    stackless.schedule_remove()
    return f


t = stackless.tasklet(work)(file)
stackless.run()
complain(t)
complain(memoryview(b''))


def changed():
    stackless.schedule_remove()


t = stackless.tasklet(changed)()
stackless.run()
data = pickle.dumps(t)


def changed():
    stackless.schedule_remove()
    return 1


try:
    pickle.loads(data)
except pickle.UnpicklingError as e:
    print(e)


def fresh():
    stackless.schedule_remove()


t = stackless.tasklet(fresh)()
stackless.run()
data = pickle.dumps(t)
bad = 0
for at in range(len(data)):
    for bit in (1, 16, 128):
        damaged = bytearray(data)
        damaged[at] ^= bit
        try:
            pickle.loads(bytes(damaged))
        except Exception as e:
            bad += 1
print('UnpicklingError bad frames', bad > 100)
