# Pickles and copies: the bytes are those that CPython writes and reads.
import copy
import pickle
from datetime import date, datetime, time, timedelta, timezone, tzinfo


class Zone(tzinfo):
    def __init__(self, hours=1): self.hours = hours
    def utcoffset(self, dt): return timedelta(hours=self.hours)
    def __getinitargs__(self): return self.hours,
    def __eq__(self, other): return self.hours == other.hours


class Day(date):
    def __init__(self, *args): self.note = 'made'


class Slotted(datetime):
    __slots__ = 'note', '__dict__'


zone = timezone(timedelta(hours=2), 'Two')
things = [date(2024, 3, 1), time(1, 2, 3, 456789), time(1, 2, 3, 4, zone, fold=1), datetime(2024, 3, 1, 12, 30, 45, 678901),
          datetime(2024, 10, 27, 2, 30, tzinfo=zone, fold=1), timedelta(-1, 2, 3), timezone.utc, zone, date(2024, 3, 1).isocalendar()]


def there_and_back(thing):
    print(repr(thing), thing.__reduce_ex__(2)[1:], thing.__reduce_ex__(4)[1:])
    for protocol in range(6):
        data = pickle.dumps(thing, protocol)
        back = pickle.loads(data)
        print(protocol, data, type(back) is type(thing) or type(back), back == thing, getattr(back, 'fold', None))
    print(copy.copy(thing) == thing, copy.deepcopy(thing) == thing)


def each(show, items):
    for item in items:
        show(item)


each(there_and_back, things)
day, slotted, moment = Day(2024, 3, 1), Slotted(2024, 3, 1, tzinfo=Zone(5)), datetime(2024, 3, 1, tzinfo=Zone(3))
day.note = slotted.note = slotted.more = 'kept?'


def keep(thing):
    back = pickle.loads(pickle.dumps(thing))
    print(repr(back) == repr(thing), type(back).__name__, getattr(back, 'note', None), getattr(back, 'more', None), back == thing)


each(keep, (day, slotted, moment))
print(date('\x07\xe8\x03\x01'), datetime('\x07\xe8\x03\x01\x01\x02\x03\x00\x00\x04'), time(b'\x97\x01\x02\x00\x00\x03', zone).fold)


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


each(attempt, (lambda: date(b'abcd'), lambda: date('ab\x01\u1234'), lambda: time(b'\x01\x02\x03\x00\x00\x00', 5), lambda: datetime(b'\x07\xe8\x03\x01\x01\x02\x03\x00\x00\x04', 5),
          lambda: datetime(b'0123456789'), lambda: datetime(2024, 3, 1).__reduce_ex__('2')))
