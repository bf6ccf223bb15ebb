"""The groups of the machine's users, from /etc/group."""
import _accounts

struct_group = _accounts.record_class('grp', 'struct_group', ('gr_name', 'gr_passwd', 'gr_gid', 'gr_mem'))


def getgrall():
    """All groups, in the order of the file."""
    return [struct_group((name, password, int(gid), members.split(',') if members else []))
            for name, password, gid, members in _accounts.lines_of('/etc/group', 4)]


def getgrgid(id):
    """The group of an id; KeyError when there is none."""
    gid = _accounts.number_argument(id, 'gid')
    for group in getgrall():
        if group.gr_gid == gid:
            return group
    raise KeyError(f'getgrgid(): gid not found: {gid}')


def getgrnam(name):
    """The group of a name; KeyError when there is none."""
    if not isinstance(name, str):
        raise TypeError(f'getgrnam() argument must be str, not {type(name).__name__}')
    if '\0' in name:
        raise ValueError('embedded null byte')
    for group in getgrall():
        if group.gr_name == name:
            return group
    raise KeyError(f'getgrnam(): name not found: {name!r}')
