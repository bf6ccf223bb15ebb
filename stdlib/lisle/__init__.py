"""What Lisle adds to Python: everything of stackless, and what follows. Images are in lisle.image.

spawn, join, link, monitor     tasklets that somebody cares about       (lisle.tasks)
nursery                        tasklets that end before a block does     (lisle.scopes)
timeout, move_on_after         time limits for whatever a block does     (lisle.scopes)
select, channels, broadcast    more ways to talk                         (lisle.channels)
ps, tree, why, info, leaks     who is there, where, and what for         (lisle.seeing)
sleep, run, preempt, set_priority, local     time and turns                            (lisle.tasks)
"""
import stackless as _stackless
from stackless import *
from stackless import (atomic, bomb, channel, enable_softswitch, get_channel_callback, get_schedule_callback,
                       get_thread_info, getcurrent, getcurrentid, getmain, getruncount, getthreads,
                       schedule, schedule_remove, set_channel_callback, set_error_handler,
                       set_schedule_callback, switch_trap, tasklet)
from lisle.channels import Broadcast, ChannelClosed, buffered, close, pending, receive, select, send
from lisle.scopes import Cancelled, CancelScope, Nursery, cancel_scope, move_on_after, nursery, timeout
from lisle.seeing import TaskInfo, info, leaks, measure, ps, report, tree, why
from lisle.tasks import (Ended, LinkedFailure, Task, get_name, get_priority, join, link, local, monitor, preempt,
                         run, set_name, set_priority, sleep, spawn)

TaskletExit = _stackless.TaskletExit


def __getattr__(name):
    # The attributes of stackless that are computed anew each time: current, main, runcount, threads...
    return getattr(_stackless, name)


def __dir__():
    return sorted(set(globals()) | set(dir(_stackless)))
