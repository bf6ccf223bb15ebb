"""Tracebacks of all threads on request, after a time, or at a signal. Faults of the machine itself are not the program's."""
import sys
import _thread
import _signal

_enabled = False
_later = None
_registered = {}


def _stream(file):
    if file is None:
        file = sys.stderr
        if file is None:
            raise RuntimeError('sys.stderr is None')
    if isinstance(file, int):
        import os
        return lambda text: os.write(file, text.encode('ascii', 'backslashreplace'))

    def write(text):
        file.write(text)
        file.flush()
    return write


def _frames_text(frame, limit=100):
    lines = []
    while frame is not None:
        if len(lines) == limit:
            lines.append('  ...')
            break
        code = frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}')
        frame = frame.f_back
    return '\n'.join(lines) or '  <no Python frame>'


def _dump(write, all_threads, current):
    if not all_threads:
        return write(f'Stack (most recent call first):\n{_frames_text(current)}\n')
    here = _thread.get_ident()
    frames = sys._current_frames()
    frames[here] = current
    order = [ident for ident in frames if ident != here] + [here]
    texts = [f'{"Current thread" if ident == here else "Thread"} 0x{ident:016x} (most recent call first):\n'
             f'{_frames_text(frames[ident])}\n' for ident in order]
    write('\n'.join(texts))


def dump_traceback(file=None, all_threads=True):
    """Write where all threads stand, or the running one alone."""
    _dump(_stream(file), all_threads, sys._getframe(1))


def enable(file=None, all_threads=True):
    """Accepted: there is no fault of the machine that a program could be told of."""
    global _enabled
    _stream(file)
    _enabled = True


def disable():
    """Take enable() back; whether it had been called."""
    global _enabled
    before, _enabled = _enabled, False
    return before


def is_enabled():
    """Has enable() been called?"""
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    """Write where all threads stand after some seconds, again and again if asked to; then end the process if asked to."""
    global _later
    if timeout <= 0:
        raise ValueError('timeout must be greater than 0')
    write = _stream(file)
    cancel_dump_traceback_later()
    _later = stop = _thread.allocate_lock()
    stop.acquire()

    def watch():
        hours, rest = divmod(int(timeout), 3600)
        fraction = f'.{int(timeout % 1 * 1e6):06d}' if timeout % 1 else ''
        while not stop.acquire(timeout=timeout):
            write(f'Timeout ({hours}:{rest // 60:02d}:{rest % 60:02d}{fraction})!\n')
            frames = sys._current_frames()
            frames.pop(_thread.get_ident(), None)
            write('\n'.join([f'Thread 0x{ident:016x} (most recent call first):\n{_frames_text(frame)}\n'
                             for ident, frame in frames.items()]))
            if exit:
                import os
                os._exit(1)
            if not repeat:
                break

    _thread.start_new_thread(watch, ())


def cancel_dump_traceback_later():
    """Take dump_traceback_later() back."""
    global _later
    if _later is not None:
        _later.release()
        _later = None


def register(signum, file=None, all_threads=True, chain=False):
    """Write where all threads stand whenever a signal comes."""
    write = _stream(file)

    def handler(number, frame):
        _dump(write, all_threads, frame)
        if chain and callable(before):
            before(number, frame)

    before = _signal.signal(signum, handler)
    _registered.setdefault(signum, before)


def unregister(signum):
    """Take register() back; whether it had been called."""
    if signum not in _registered:
        return False
    _signal.signal(signum, _registered.pop(signum))
    return True
