# Two threads, each with a ring of its own; the tasklets of one send to those of the other.
# expect: there 0 2 4 6 8
# expect: back 0 20 40 60 80
# expect: threads differ True
# expect: the other thread has ended True
import stackless
import threading

there, back = stackless.channel(), stackless.channel()
idents = []


def doubler():
    for value in there:
        back.send(value * 10)


def thread_body():
    idents.append(threading.get_ident())
    worker = stackless.tasklet(doubler)()
    while worker.alive:
        stackless.run(threadblock=True)
        if worker.alive:
            stackless.schedule()


thread = threading.Thread(target=thread_body)
thread.start()
sent, got = [], []
for value in range(0, 10, 2):
    there.send(value)
    sent.append(value)
    got.append(back.receive())
there.send_exception(StopIteration)
thread.join()
idents.append(threading.get_ident())
print('there', *sent)
print('back', *got)
print('threads differ', idents[0] != idents[1])
print('the other thread has ended', not thread.is_alive())
