"""Sockets: the lower floor of the socket module, over the descriptors of _net."""
import _net
from _net import *
from _net import gaierror, getaddrinfo, gethostname

has_ipv6 = True
error = OSError
timeout = TimeoutError
CAPI = None
_default_timeout = None


class herror(OSError):
    """An error of address lookups by the old functions."""


herror.__module__ = gaierror.__module__ = 'socket'


def _seconds(value):
    """A timeout as float, or None."""
    if value is None:
        return None
    if not hasattr(type(value), '__float__') and not hasattr(type(value), '__index__'):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    value = float(value)
    if value != value:
        raise ValueError('Invalid value NaN (not a number)')
    if value < 0:
        raise ValueError('Timeout value out of range')
    return value


def getdefaulttimeout():
    """The timeout of new sockets."""
    return _default_timeout


def setdefaulttimeout(timeout, /):
    """Set the timeout of new sockets."""
    global _default_timeout
    _default_timeout = _seconds(timeout)


class socket:
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object"""

    __slots__ = ('_fd', '_family', '_type', '_proto', '_timeout')

    def __new__(cls, *arguments, **options):
        self = object.__new__(cls)
        self._fd = -1
        self._family = self._type = self._proto = 0
        self._timeout = None
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is None:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            proto = 0 if proto == -1 else proto
            fd = _net.socket(family, type, proto)
        else:
            if not hasattr(fileno, '__index__'):
                raise TypeError('integer argument expected, got float' if isinstance(fileno, float)
                                else f"'{fileno.__class__.__name__}' object cannot be interpreted as an integer")
            fd = fileno.__index__()
            if fd < 0:
                raise ValueError('negative file descriptor')
            family, type, proto = _describe(fd, family, type, proto)
        self._fd = fd
        self._family = family
        self._type = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)
        self._proto = proto
        self._timeout = 0.0 if type & SOCK_NONBLOCK else _default_timeout
        if self._timeout is not None and not type & SOCK_NONBLOCK:
            _set_blocking(fd, False)

    family = property(lambda self: self._family, doc='the socket family')
    type = property(lambda self: self._type, doc='the socket type')
    proto = property(lambda self: self._proto, doc='the socket protocol')
    timeout = property(lambda self: self._timeout, doc='the socket timeout')

    def __repr__(self):
        return (f'<socket object, fd={self._fd}, family={self._family}, type={self._type}, '
                f'proto={self._proto}>')

    def __del__(self):
        if self._fd >= 0:
            socket.close(self)

    def fileno(self):
        """The descriptor; -1 once the socket is closed."""
        return self._fd

    def detach(self):
        """Close the object and leave the descriptor open; returns it."""
        fd, self._fd = self._fd, -1
        return fd

    def close(self):
        """Close the socket."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            import posix
            try:
                posix.close(fd)
            except ConnectionResetError:
                pass

    def _open(self):
        if self._fd < 0:
            raise OSError(9, 'Bad file descriptor')
        return self._fd

    def settimeout(self, timeout, /):
        """Set how long operations may wait: seconds, None for ever."""
        timeout = _seconds(timeout)
        self._timeout = timeout
        _set_blocking(self._open(), timeout is None)

    def gettimeout(self):
        """How long operations may wait: seconds, None for ever."""
        return self._timeout

    def setblocking(self, flag, /):
        """settimeout(None) or settimeout(0.0)."""
        self.settimeout(None if flag else 0.0)

    def getblocking(self):
        """False when operations do not wait at all."""
        return self._timeout != 0.0

    def bind(self, address, /):
        """Bind to a local address."""
        _net.bind(self._open(), self._family, address)

    def listen(self, backlog=128, /):
        """Accept connections from now on."""
        _net.listen(self._open(), backlog)

    def _accept(self):
        """Wait for a connection: its descriptor, and the address of the other side."""
        return _net.accept(self._open(), self._timeout)

    def connect(self, address, /):
        """Connect to a remote address."""
        failed = self._connect(address)
        if failed:
            raise OSError(failed, _text_of(failed))

    def connect_ex(self, address, /):
        """connect() that returns the error number instead of raising."""
        try:
            return self._connect(address)
        except TimeoutError:
            return 11

    def _connect(self, address):
        return _net.connect(self._open(), self._family, address, self._timeout)

    def recv(self, buffersize, flags=0, /):
        """Receive up to so many bytes."""
        return _net.recv(self._open(), buffersize, flags, self._timeout)

    def recvfrom(self, buffersize, flags=0, /):
        """recv() with the sender's address."""
        return _net.recvfrom(self._open(), buffersize, flags, self._timeout)

    def recv_into(self, buffer, nbytes=0, flags=0):
        """Receive into a buffer; returns how many bytes."""
        return _net.recv_into(self._open(), buffer, nbytes, flags, self._timeout)

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        """recv_into() with the sender's address."""
        return _net.recvfrom_into(self._open(), buffer, nbytes, flags, self._timeout)

    def send(self, data, flags=0, /):
        """Send data; returns how many bytes of it."""
        return _net.send(self._open(), data, flags, self._timeout)

    def sendall(self, data, flags=0, /):
        """Send all of the data."""
        _net.sendall(self._open(), data, flags, self._timeout)

    def sendto(self, data, *arguments):
        """sendto(data[, flags], address): send to a place that the socket is not connected to."""
        if not 1 <= len(arguments) <= 2:
            raise TypeError(f'sendto() takes 2 or 3 arguments ({len(arguments) + 1} given)')
        flags = arguments[0] if len(arguments) == 2 else 0
        return _net.sendto(self._open(), data, flags, self._timeout, None, self._family, arguments[-1])

    def getsockname(self):
        """The address of this side."""
        return _net.getsockname(self._open())

    def getpeername(self):
        """The address of the other side."""
        return _net.getpeername(self._open())

    def shutdown(self, flag, /):
        """Shut down one or both directions."""
        _net.shutdown(self._open(), flag)

    def setsockopt(self, level, option, value, optlen=0, /):
        """Set an option: an int, bytes, or None with a length."""
        _net.setsockopt(self._open(), level, option, value, optlen)

    def getsockopt(self, level, option, buflen=0, /):
        """An option as int, or with a buffer length as bytes."""
        return _net.getsockopt(self._open(), level, option, buflen)


SocketType = socket


def _text_of(number):
    import posix
    return posix.strerror(number)


def _set_blocking(fd, blocking):
    import fcntl
    flags = fcntl.fcntl(fd, fcntl.F_GETFL)
    fcntl.fcntl(fd, fcntl.F_SETFL, flags & ~SOCK_NONBLOCK if blocking else flags | SOCK_NONBLOCK)


def _describe(fd, family, type, proto):
    """Family, type and protocol of an open descriptor, as far as they were not given."""
    if family == -1:
        family = _net.getsockopt(fd, SOL_SOCKET, SO_DOMAIN, 0)
    if type == -1:
        type = _net.getsockopt(fd, SOL_SOCKET, SO_TYPE, 0)
    if proto == -1:
        proto = _net.getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, 0)
    return family, type, proto


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /):
    """Two connected sockets."""
    first, second = _net.socketpair(family, type, proto)
    return socket(family, type, proto, first), socket(family, type, proto, second)


def close(fd, /):
    """Close the descriptor of a socket."""
    import posix
    posix.close(fd)


def dup(fd, /):
    """Another descriptor for the same socket."""
    import posix
    return posix.dup(fd)


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Addresses for a host and a service: (family, type, proto, canonname, sockaddr) each."""
    if isinstance(host, str) and not host.isascii():
        host = host.encode('idna')
    return _net.getaddrinfo(host, port, family, type, proto, flags)


def getnameinfo(sockaddr, flags, /):
    """Host and service of an address."""
    return _net.getnameinfo(sockaddr, flags)


def gethostbyname(hostname, /):
    """The IPv4 address of a host."""
    return _net.getaddrinfo(hostname, None, AF_INET, SOCK_STREAM, 0, 0)[0][4][0]


def gethostbyname_ex(hostname, /):
    """(name, aliases, addresses) of a host."""
    found = _net.getaddrinfo(hostname, None, AF_INET, SOCK_STREAM, 0, AI_CANONNAME)
    return found[0][3] or hostname, [], [entry[4][0] for entry in found]


def gethostbyaddr(ip_address, /):
    """(name, aliases, addresses) of the host at an address."""
    found = _net.getaddrinfo(ip_address, None, 0, SOCK_STREAM, 0, 0)[0][4]
    try:
        return _net.getnameinfo(found, NI_NAMEREQD)[0], [], [found[0]]
    except gaierror:
        raise herror(1, 'Unknown host') from None


def _services():
    try:
        with open('/etc/services', encoding='ascii', errors='replace') as file:
            for line in file:
                words = line.partition('#')[0].split()
                if len(words) >= 2:
                    port, _, protocol = words[1].partition('/')
                    yield [words[0], *words[2:]], int(port), protocol
    except OSError:
        return


def getservbyname(servicename, protocolname=None, /):
    """The port of a service."""
    for names, port, protocol in _services():
        if servicename in names and protocolname in (None, protocol):
            return port
    raise OSError('service/proto not found')


def getservbyport(port, protocolname=None, /):
    """The service at a port."""
    if not 0 <= port <= 0xffff:
        raise OverflowError('getservbyport: port must be 0-65535.')
    for names, number, protocol in _services():
        if port == number and protocolname in (None, protocol):
            return names[0]
    raise OSError('port/proto not found')


def getprotobyname(name, /):
    """The number of a protocol."""
    known = {'ip': 0, 'icmp': 1, 'tcp': 6, 'udp': 17, 'ipv6': 41, 'ipv6-icmp': 58}
    if name not in known:
        raise OSError('protocol not found')
    return known[name]


def inet_aton(ip_addr, /):
    """The four bytes of an IPv4 address, which may be abbreviated."""
    if not isinstance(ip_addr, str):
        raise TypeError(f'inet_aton() argument 1 must be str, not {type(ip_addr).__name__}')
    try:
        parts = [int(part, 0 if part[:2] in ('0x', '0X') else 8 if part[:1] == '0' and len(part) > 1 else 10)
                 for part in ip_addr.split('.')]
    except ValueError:
        parts = []
    if not 1 <= len(parts) <= 4 or any(not 0 <= part < 256 for part in parts[:-1]) \
            or not 0 <= parts[-1] < 256 ** (5 - len(parts)):
        raise OSError('illegal IP address string passed to inet_aton')
    return bytes(parts[:-1]) + parts[-1].to_bytes(5 - len(parts), 'big')


def inet_ntoa(packed_ip, /):
    """The text of the four bytes of an IPv4 address."""
    packed = bytes(packed_ip)
    if len(packed) != 4:
        raise OSError('packed IP wrong length')
    return '.'.join(map(str, packed))


def _swapped(name, value, size):
    if not hasattr(type(value), '__index__'):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    value = value.__index__()
    if value < 0:
        raise OverflowError(f"{name}: can't convert negative Python int to C {size * 8}-bit unsigned integer"
                            if size == 2 else "can't convert negative value to unsigned int")
    if value >= 256 ** size:
        raise OverflowError(f'{name}: Python int too large to convert to C {size * 8}-bit unsigned integer'
                            if size == 2 else 'int larger than 32 bits')
    return int.from_bytes(value.to_bytes(size, 'little'), 'big')


def htons(x, /):
    """16 bits from host to network order."""
    return _swapped('htons', x, 2)


def ntohs(x, /):
    """16 bits from network to host order."""
    return _swapped('ntohs', x, 2)


def htonl(x, /):
    """32 bits from host to network order."""
    return _swapped('htonl', x, 4)


def ntohl(x, /):
    """32 bits from network to host order."""
    return _swapped('ntohl', x, 4)


def if_nameindex():
    """The network interfaces as (index, name)."""
    import posix
    found = []
    for name in posix.listdir('/sys/class/net'):
        with open(f'/sys/class/net/{name}/ifindex') as file:
            found.append((int(file.read()), name))
    return sorted(found)


def if_nametoindex(name, /):
    """The index of a network interface."""
    for index, known in if_nameindex():
        if known == name:
            return index
    raise OSError('no interface with this name')


def if_indextoname(index, /):
    """The name of a network interface."""
    for number, name in if_nameindex():
        if number == index:
            return name
    raise OSError(6, 'No such device or address')
