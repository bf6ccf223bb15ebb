# time and datetime: construction, parts, texts, fold.
from datetime import date, datetime, time, timedelta, timezone


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


def each(show, items):
    for item in items:
        show(item)


d = datetime(2024, 3, 1, 12, 30, 45, 123456)
print(repr(d), d, d.date(), d.time(), d.timetz(), d.replace(microsecond=0), d.replace(tzinfo=timezone.utc, fold=1))
print(datetime(2024, 3, 1), datetime(2024, 3, 1, second=5), datetime(2024, 3, 1, fold=1), repr(time(1, 2, 0, 5, fold=1)))
print(datetime.min, datetime.max, time.min, time.max, datetime.resolution, time.resolution)
each(lambda spec: print(d.isoformat('_', spec), d.time().isoformat(spec), d.isoformat(timespec=spec, sep='→')),
     ('auto', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'))
print(d.strftime('%Y-%m-%d %H:%M:%S.%f %j %z|%Z|%%f|%'), time(1, 2, 3, 4).strftime('%Y %H:%M:%S.%f'), f'{d:%H}', f'{time(5)}')
print(d.ctime(), d.timetuple(), d.utctimetuple() == d.timetuple())
print(d + timedelta(1, 2, 3), timedelta(-1) + d, d - timedelta(hours=13), d - datetime(2024, 1, 1), d < d.replace(day=2))
print(datetime.combine(date(2024, 3, 1), time(5, tzinfo=timezone.utc, fold=1)), datetime.combine(d, time(5), timezone.utc))
print(datetime.fromordinal(738946))
print(d == d.replace(fold=1), hash(d) == hash(d.replace(fold=1)), {d: 1}[d.replace(fold=1)], time(1) == time(1, fold=1), bool(time(0)))
each(attempt, (lambda: datetime(2024, 3, 1, 24), lambda: datetime(2024, 3, 1, fold=2), lambda: datetime(2024, 3, 1, tzinfo=3),
          lambda: datetime(2024, 3), lambda: time(1, 60), lambda: time(1, 1, 60), lambda: time(1, 1, 1, 10**6), lambda: time(-1),
          lambda: time('1'), lambda: d.isoformat('ab'), lambda: d.isoformat(3), lambda: d.isoformat(timespec='days'),
          lambda: d.isoformat(timespec=3), lambda: time(1).isoformat(3), lambda: d.replace(hour=24), lambda: d.replace(tzinfo=0),
          lambda: datetime.combine(1, 2), lambda: datetime.combine(d, 2),
          lambda: datetime.max + timedelta(0, 0, 1), lambda: datetime.min - timedelta(0, 0, 1), lambda: d < 3, lambda: d - 3,
          lambda: time(1) - time(1), lambda: d < d.replace(tzinfo=timezone.utc), lambda: d - d.replace(tzinfo=timezone.utc),
          lambda: time(1) < time(1, tzinfo=timezone.utc)))
print(d == d.replace(tzinfo=timezone.utc), time(1) != time(1, tzinfo=timezone.utc))
