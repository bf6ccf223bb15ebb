"""The accounts of the machine's users, from /etc/passwd."""
import _accounts

struct_passwd = _accounts.record_class(
    'pwd', 'struct_passwd', ('pw_name', 'pw_passwd', 'pw_uid', 'pw_gid', 'pw_gecos', 'pw_dir', 'pw_shell'))


def getpwall():
    """All accounts, in the order of the file."""
    return [struct_passwd((name, password, int(uid), int(gid), gecos, home, shell))
            for name, password, uid, gid, gecos, home, shell in _accounts.lines_of('/etc/passwd', 7)]


def getpwuid(uid, /):
    """The account of a user id; KeyError when there is none."""
    uid = _accounts.number_argument(uid, 'uid')
    for account in getpwall():
        if account.pw_uid == uid:
            return account
    raise KeyError(f'getpwuid(): uid not found: {uid}')


def getpwnam(name, /):
    """The account of a user name; KeyError when there is none."""
    if not isinstance(name, str):
        raise TypeError(f'getpwnam() argument must be str, not {type(name).__name__}')
    if '\0' in name:
        raise ValueError('embedded null byte')
    for account in getpwall():
        if account.pw_name == name:
            return account
    raise KeyError(f'getpwnam(): name not found: {name!r}')
