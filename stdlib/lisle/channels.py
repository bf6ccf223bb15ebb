"""More ways to talk: time limits, buffers, closing, several channels at once, everybody at once."""
import _lisle
import stackless


class ChannelClosed(ValueError):
    """The channel was closed while a tasklet waited there."""


def buffered(capacity):
    """A channel that takes `capacity` values before its senders wait."""
    channel = stackless.channel()
    _lisle.set_buffer(channel, capacity)
    return channel


def pending(channel):
    """How many values lie in a channel that nobody has received yet."""
    return _lisle.buffered(channel)


def send(channel, value, timeout=None):
    """channel.send(value), or TimeoutError after some seconds."""
    return _lisle.send(channel, value, timeout)


def receive(channel, timeout=None):
    """channel.receive(), or TimeoutError after some seconds."""
    return _lisle.receive(channel, timeout)


def close(channel):
    """Close a channel and wake who waits there: loops over it end, others get ChannelClosed.

    What lies in its buffer can still be received.
    """
    _lisle.close(channel, ChannelClosed('the channel was closed'))


_NOTHING = object()


def select(cases, timeout=None, default=_NOTHING):
    """Do the first of several sends and receives that can be done: (number of the case, value received).

    A channel among the cases is to be received from, a tuple (channel, value) to be sent to. When several
    can be done, each is as likely to be it. Nobody is switched to. Without a default, wait; a timeout raises
    TimeoutError. With a default, do not wait: (-1, default).
    """
    cases = list(cases)
    if default is not _NOTHING:
        number, value = _lisle.select(cases, 0)
        return (number, value) if number >= 0 else (-1, default)
    if not cases:
        raise ValueError('select() of no case would never end')
    number, value = _lisle.select(cases, timeout)
    if number < 0:
        raise TimeoutError(f'no case could be done in {timeout} s')
    return number, value


class Broadcast:
    """Whatever is sent reaches every subscriber, through a buffered channel of its own."""

    def __init__(self, capacity=16):
        self.capacity = capacity
        self._subscribers = []

    def subscribe(self):
        """A channel on which everything arrives that is sent from now on."""
        channel = buffered(self.capacity)
        self._subscribers.append(channel)
        return channel

    def unsubscribe(self, channel):
        self._subscribers.remove(channel)
        close(channel)

    def send(self, value):
        """Send to all; waits for those whose buffer is full."""
        for channel in list(self._subscribers):
            if not channel.closing:
                channel.send(value)

    def close(self):
        for channel in self._subscribers:
            close(channel)
        self._subscribers.clear()

    def __len__(self):
        return len(self._subscribers)
