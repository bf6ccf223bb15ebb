# A mutex of a channel and stackless.atomic, used by a subclass of tasklet that has a name, watched by both callbacks.
# expect: start -> tick
# expect: tick wants it
# expect: tick has it
# expect: tick -> trick
# expect: trick wants it
# expect:   trick receives, waits
# expect: trick -> track
# expect: track wants it
# expect:   track receives, waits
# expect: track -> tick
# expect: tick gives it back
# expect:   tick sends, goes on
# expect: tick -> trick
# expect: trick has it
# expect: trick -> tick
# expect: tick -> trick
# expect: trick gives it back
# expect:   trick sends, goes on
# expect: trick -> track
# expect: track has it
# expect: track -> trick
# expect: trick -> track
# expect: track gives it back
# expect: track -> start
# expect: free True
import stackless


class Mutex:
    def __init__(self):
        self.waiting = stackless.channel()
        self.free = True

    def acquire(self):
        with stackless.atomic():
            if self.free:
                self.free = False
            else:
                self.waiting.receive()

    def release(self):
        with stackless.atomic():
            if self.waiting.balance < 0:
                self.waiting.send(None)
            else:
                self.free = True


class NamedTasklet(stackless.tasklet):
    __slots__ = ('name',)

    def __init__(self, function, name):
        super().__init__(function)
        self.name = name


def name_of(tasklet):
    return getattr(tasklet, 'name', 'start')


def switched(before, after):
    print(name_of(before), '->', name_of(after))


def acted(channel, tasklet, sending, willblock):
    print(f'  {name_of(tasklet)}', 'sends,' if sending else 'receives,', 'waits' if willblock else 'goes on')


def use(mutex):
    name = stackless.getcurrent().name
    print(name, 'wants it')
    mutex.acquire()
    print(name, 'has it')
    stackless.schedule()
    print(name, 'gives it back')
    mutex.release()


mutex = Mutex()
for name in ('tick', 'trick', 'track'):
    NamedTasklet(use, name)(mutex)
stackless.set_schedule_callback(switched)
stackless.set_channel_callback(acted)
stackless.run()
stackless.set_schedule_callback(None)
stackless.set_channel_callback(None)
print('free', mutex.free)
