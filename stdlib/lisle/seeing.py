"""Who is there, where, and what for. Everything here takes time linear in the number of tasklets."""
import _lisle
import gc
import stackless
import sys
from collections import namedtuple

from lisle.tasks import get_name


def _place(place):
    file, line, function = place
    return f'{file}:{line} in {function}' if file else 'no place'


def report():
    """A list of (count, state, (file, line, function), one of them): tasklets in one state at one place."""
    return _lisle.census()


def ps(file=None):
    """Print how many tasklets are where and in which state, the largest groups first."""
    groups = _lisle.census()
    print(f'{sum(group[0] for group in groups)} tasklets', file=file)
    for count, state, place, example in groups:
        print(f'{count:>9} {state:<10} {_place(place)}{_subject(example) if count == 1 else ""}', file=file)


def _subject(tasklet):
    """What a tasklet waits for, in words."""
    state, place, awaited, left = _lisle.state(tasklet)
    text = ''
    if isinstance(awaited, stackless.channel):
        text = f', on the channel at {id(awaited):#x}'
    elif awaited is not None:
        owner = _lisle.lock_owner(awaited)
        text = f', for the lock of {get_name(owner)!r}' if owner is not None else ', for a lock'
    if left is not None:
        text += f', {left:.3f} s more'
    return text


class TaskInfo(namedtuple('TaskInfo', 'name state place waits_for seconds_left made_at run_time turns idle_for '
                          'priority')):
    """What is known of one tasklet: places are (file, line, function), times are in seconds. run_time and turns (how
    often it was switched to), idle_for (since it ran last) and made_at are None where nobody has measured, see
    measure()."""

    __slots__ = ()


def info(tasklet):
    """All that is known of a tasklet."""
    state, place, awaited, left = _lisle.state(tasklet)
    run_time, turns, idle_for, made_at = _lisle.statistics(tasklet)
    space = _lisle.get_space(tasklet)
    if space and 'site' in space:
        made_at = space['site']
    return TaskInfo(get_name(tasklet), state, place, awaited, left, made_at, run_time, turns, idle_for,
                    _lisle.get_priority(tasklet))


def measure(on=True):
    """Measure from now on how long and how often each tasklet runs, and note where new ones are made. The setting
    before. While it is on, a switch takes some tens of nanoseconds more."""
    return _lisle.measure(on)


def why(tasklet):
    """Why a tasklet does not run: lines of text that follow the locks it waits for."""
    lines = []
    seen = []
    while tasklet is not None:
        state, place, awaited, left = _lisle.state(tasklet)
        lines.append(f'{get_name(tasklet)!r} {state} at {_place(place)}{_subject(tasklet)}')
        seen.append(tasklet)
        if awaited is None or isinstance(awaited, stackless.channel):
            break
        tasklet = _lisle.lock_owner(awaited)
        if tasklet in seen:
            lines.append(f'{get_name(tasklet)!r} again: a deadlock')
            break
    return lines


def tree(file=None):
    """Print the tasks below the tasklets that spawned them."""
    children = {}
    roots = []
    everybody = _lisle.tasklets()
    for tasklet in everybody:
        space = _lisle.get_space(tasklet)
        parent = space.get('parent') if space else None
        if parent is not None and _lisle.state(parent)[0] != 'ended':
            children.setdefault(id(parent), []).append(tasklet)
        else:
            roots.append(tasklet)
    stack = [(tasklet, 0) for tasklet in reversed(roots)]
    while stack:
        tasklet, depth = stack.pop()
        state, place, awaited, left = _lisle.state(tasklet)
        space = _lisle.get_space(tasklet)
        made = f', made at {_place(space["site"])}' if space and 'site' in space else ''
        print(f'{"  " * depth}{get_name(tasklet)} {state} at {_place(place)}{_subject(tasklet)}{made}', file=file)
        stack.extend((child, depth + 1) for child in reversed(children.get(id(tasklet), ())))


def leaks(collect=True):
    """Where the tasklets stood that were collected before they ended, since the last call.

    Nobody could have woken these any more. The first call starts the watching.
    """
    _lisle.report_lost(True)
    if collect:
        gc.collect()
    return _lisle.take_lost()
