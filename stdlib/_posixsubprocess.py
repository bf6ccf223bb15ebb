"""Starting programs: the lower floor of the subprocess module."""
import posix

import _processes


def _names(items):
    return [posix.fspath(item) for item in items]


def _run_child(process_args, executable_list, env_list, preexec_fn, spawn_options):
    """With a function to call in the child: forks the machine itself, calls it, and then becomes the program."""
    child = posix.fork()
    if child:
        return child
    error_end = spawn_options[5]
    try:
        try:
            preexec_fn()
        except BaseException:
            posix.write(error_end, b'SubprocessError:0:Exception occurred in preexec_fn.')
            posix._exit(255)
        # The child of the child would have the wrong parent: become the program in place.
        _processes.become(process_args, executable_list, env_list, *spawn_options)
    finally:
        posix._exit(255)


def fork_exec(process_args, executable_list, close_fds, pass_fds, cwd, env_list, p2cread, p2cwrite, c2pread, c2pwrite,
              errread, errwrite, errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid,
              extra_groups, uid, child_umask, preexec_fn, allow_vfork, /):
    """Start a program; the id of its process."""
    process_args = _names(process_args)
    executable_list = list(executable_list)
    parent_ends = [fd for fd in (p2cwrite, c2pread, errread, errpipe_read) if fd >= 0]
    options = (cwd, (p2cread, c2pwrite, errwrite), parent_ends, sorted(pass_fds), bool(close_fds), errpipe_write,
               bool(restore_signals), bool(call_setsid), pgid_to_set, -1 if uid is None else uid,
               -1 if gid is None else gid, child_umask)
    if preexec_fn is not None:
        return _run_child(process_args, executable_list, env_list, preexec_fn, options)
    return _processes.spawn(process_args, executable_list, env_list, *options)
