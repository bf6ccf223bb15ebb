# The local time zone: the hour that clocks show twice and the one that they leave out; timestamps.
import os
import time as _time
from datetime import date, datetime, timedelta, timezone

os.environ['TZ'] = 'CET-1CEST,M3.5.0,M10.5.0/3'
_time.tzset()


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


def each(show, items):
    for item in items:
        show(item)


def at(stamp):
    d = datetime.fromtimestamp(stamp)
    print(stamp, repr(d), d.timestamp(), datetime.utcfromtimestamp(stamp), date.fromtimestamp(stamp), d.astimezone())


def shown(d):
    print(d, d.fold, d.timestamp(), d.astimezone(timezone.utc), repr(d.astimezone()))


each(at, (0, 1729987200, 1729990800, 1729990799.999999, 1711846799, 1711846800, -1, -0.5, 1e9, 1.5e-6, 2.5e-6, 0.9999996, -1e9))
each(shown, (datetime(2024, 10, 27, 2, 30), datetime(2024, 10, 27, 2, 30, fold=1), datetime(2024, 3, 31, 2, 30), datetime(2024, 3, 31, 2, 30, fold=1)))
print(datetime(2024, 7, 1, tzinfo=timezone.utc).astimezone(), datetime.now().tzinfo, abs(datetime.now() - datetime.utcnow()) > timedelta(minutes=59))
print(datetime.now(timezone.utc).tzinfo, date.today() == datetime.now().date() or 'midnight', type(datetime.today()))


class Seconds:
    def __index__(self): return 7


print(datetime.utcfromtimestamp(Seconds()), date.fromtimestamp(Seconds()))


def refuse(stamp):
    attempt(lambda: datetime.fromtimestamp(stamp))
    attempt(lambda: datetime.utcfromtimestamp(stamp))


each(refuse, ('x', None, 1e17, -1e17, 2**70, float('nan'), float('inf'), 1e12))
attempt(lambda: datetime.max.timestamp())
attempt(lambda: datetime.min.timestamp())
