# sys._current_exceptions and sys._current_frames know what each thread is doing.
import sys
import threading

entered, leave = threading.Event(), threading.Event()
idents = []


def handles():
    try:
        raise ValueError('oops')
    except ValueError:
        idents.append(threading.get_ident())
        entered.set()
        leave.wait()


thread = threading.Thread(target=handles)
thread.start()
entered.wait()
exceptions = sys._current_exceptions()
print(exceptions[threading.get_ident()], len(exceptions))
kind, value, traceback = exceptions[idents[0]]
print(kind, value, traceback.tb_frame.f_code.co_name)
frame = sys._current_frames()[idents[0]]
while frame.f_code.co_name != 'handles':
    frame = frame.f_back
print(frame.f_code.co_name)
leave.set()
thread.join()
