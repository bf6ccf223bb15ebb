# modes: -image faulthandler writes where threads stand, here to files without a name, which end with the process
import faulthandler, io, os, re, signal, sys, tempfile, threading, time


def shown(action):
    with tempfile.TemporaryFile('w+') as file:
        action(file)
        file.seek(0)
        text = re.sub(r'0x[0-9a-f]+', 'IDENT', file.read())
    for line in text.splitlines():
        print(re.sub(r'File "[^"]*[/\\]([^"]*)"', r'File "\1"', line))


def inner(file):
    faulthandler.dump_traceback(file, all_threads=False)


def outer(file):
    inner(file)


shown(outer)
print(faulthandler.is_enabled(), faulthandler.enable(), faulthandler.is_enabled(), faulthandler.disable(),
      faulthandler.disable())
shown(lambda file: faulthandler.dump_traceback(file))


def later(file):
    faulthandler.dump_traceback_later(0.05, file=file)
    while not os.fstat(file.fileno()).st_size:
        time.sleep(0.01)
    faulthandler.cancel_dump_traceback_later()
    file.seek(0)
    first = file.readline()
    file.seek(0)
    file.truncate()
    file.write(first)


shown(later)


def at_signal(file):
    faulthandler.register(signal.SIGUSR1, file, all_threads=False)
    os.kill(os.getpid(), signal.SIGUSR1)
    print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))


shown(at_signal)
try:
    faulthandler.dump_traceback_later(0)
except ValueError as error:
    print(error)
