# Zones: timezone, zones of the program, conversions between them, what their answers must be.
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


def each(show, items):
    for item in items:
        show(item)


class Summer(tzinfo):
    """One hour ahead; between March and October, two. The last hour of October comes twice."""
    def __init__(self, name='S%d'): self.name = name
    def utcoffset(self, dt): return dt and timedelta(hours=1) + self.dst(dt)
    def tzname(self, dt): return self.name
    def dst(self, dt):
        start, end = datetime(dt.year, 3, 31, 2), datetime(dt.year, 10, 27, 3)
        shown = dt.replace(tzinfo=None)
        if end - timedelta(hours=1) <= shown < end: return timedelta(hours=not dt.fold)
        return timedelta(hours=start <= shown < end)


class Fixed(tzinfo):
    def __init__(self, offset, dst=None, name=None): self.answers = offset, dst, name
    def utcoffset(self, dt): return self.answers[0]
    def dst(self, dt): return self.answers[1]
    def tzname(self, dt): return self.answers[2]


east, west = timezone(timedelta(hours=5, minutes=30), 'East'), timezone(-timedelta(hours=3, seconds=7, microseconds=1))


def show(z):
    print(repr(z), z, z.utcoffset(None), z.dst(None), z.tzname(None), z.__reduce__(), hash(z) == hash(z.utcoffset(None)))
    print(z is UTC, z == UTC)


each(show, (UTC, east, west, timezone(timedelta(0)), timezone(timedelta(0), 'nil'), timezone.min, timezone.max))
summer = Summer()
july, winter, twice = datetime(2024, 7, 1, tzinfo=summer), datetime(2024, 1, 1, tzinfo=summer), datetime(2024, 10, 27, 2, 30, tzinfo=summer)


def convert(d):
    print(d, d.utcoffset(), d.dst(), d.tzname(), d.timestamp(), d.astimezone(UTC), d.astimezone(east), d.timetuple().tm_isdst)
    print(d.utctimetuple()[:6], d.strftime('%H %z %Z'), d.astimezone(UTC).astimezone(summer), hash(d) == hash(d.replace(fold=1 - d.fold)))


each(convert, (july, winter, twice, twice.replace(fold=1)))
print(july - winter, july - datetime(2024, 7, 1, tzinfo=UTC), july < winter, july == july.astimezone(east), winter > july.astimezone(UTC))
print(twice == twice.astimezone(UTC), twice.replace(fold=1) == twice, july == july.astimezone(UTC), hash(july) == hash(july.astimezone(UTC)))
print(time(1, tzinfo=east) < time(1, tzinfo=UTC), time(6, 30, tzinfo=east) == time(1, tzinfo=UTC), hash(time(6, 30, tzinfo=east)) == hash(time(1, tzinfo=UTC)))
print(time(1, tzinfo=summer).utcoffset(), time(1, tzinfo=summer) == time(1), time(1, tzinfo=west), time(1, tzinfo=east).strftime('%z %Z'))
print(datetime.fromtimestamp(0, summer), datetime.fromtimestamp(1.5, UTC), datetime.now(summer).tzinfo is summer)
now = datetime(2024, 3, 1)


def ask(zone):
    d = now.replace(tzinfo=zone)
    each(attempt, (d.utcoffset, d.dst, d.tzname, d.isoformat, d.timetuple, d.utctimetuple, lambda: d - july, lambda: d < july, lambda: d == july,
                   lambda: d.astimezone(UTC) and 1, lambda: d.strftime('%z'), lambda: d.strftime('%Z'), lambda: hash(d) and 1,
                   lambda: d.timestamp() and 1, lambda: zone.fromutc(d), lambda: zone.fromutc(now), lambda: zone.fromutc(3)))


each(ask, (Fixed(None), Fixed(timedelta(1)), Fixed(-timedelta(1)), Fixed(3), Fixed(timedelta(0), 3), Fixed(timedelta(0), timedelta(2), 3), tzinfo()))
each(attempt, (lambda: timezone(1), lambda: timezone(timedelta(1)), lambda: timezone(timedelta(0), 3), lambda: UTC.utcoffset(1), lambda: UTC.fromutc(now),
          lambda: now.astimezone(3), lambda: datetime.now(3), lambda: datetime.fromtimestamp(0, 3)))
attempt(lambda: now.replace(tzinfo=Fixed(None, None, '\ud800')).strftime('%Z'))
attempt(lambda: now.strftime('%Y\ud800'))
print(now.replace(tzinfo=Fixed(None, None, 'é%')).strftime('%Z ü'))
