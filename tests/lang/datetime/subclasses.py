# Subclasses: results are made by calling them, their attributes live beside the layout of the base.
from datetime import date, datetime, time, timedelta, timezone, tzinfo


class Day(date):
    calls = 0
    def __new__(cls, *args, note='none', **names):
        Day.calls += 1
        self = super().__new__(cls, *args, **names)
        self.note = note
        return self
    def isoformat(self): return 'day ' + super().isoformat()


class Moment(datetime):
    __slots__ = 'label', 'rest'
    def __new__(cls, *args, **names):
        self = super().__new__(cls, *args, **names)
        self.label = len(args)
        return self


class Clock(time):
    def __repr__(self): return 'Clock:' + super().__repr__()


class Span(timedelta):
    pass


d = Day(2024, 3, 1, note='first')
print(repr(d), d, d.note, type(d + timedelta(1)), (d + timedelta(1)).note, (d - timedelta(1)).isoformat(), d.replace(day=5).__dict__)
print(Day.fromordinal(738946), Day.fromisoformat('2024-03-01'), Day.fromisocalendar(2024, 9, 5), type(Day.fromtimestamp(0)), type(Day.today()), Day.calls)
m = Moment(2024, 3, 1, 12, tzinfo=timezone.utc, fold=1)
n = m + timedelta(1)
print(repr(m), m.label, type(n), n.label, n.fold, m.replace(hour=1, fold=0), type(m.replace(hour=1)), m == datetime(2024, 3, 1, 12, tzinfo=timezone.utc))
print(type(m.astimezone(timezone(timedelta(hours=1)))), type(m.date()), type(Moment.combine(d, time(1, fold=1))), Moment.combine(d, time(1, fold=1)).fold)
print(type(Moment.fromtimestamp(0, timezone.utc)), type(Moment.now()), type(Moment.utcnow()), type(Moment.fromordinal(5)))
m.rest = [1]
print(m.rest, hasattr(m, '__dict__'))
try:
    m.other = 1
except AttributeError as e:
    print(e)
c = Clock(1, 2)
print(c, repr(c), c.replace(hour=3), type(Clock.fromisoformat('12:30')), type(Clock.min))
s = Span(1)
print(repr(s), type(s + s), type(-s), type(s * 2), s == timedelta(1), hash(s) == hash(timedelta(1)))


class Zone(tzinfo):
    __slots__ = ()
    def utcoffset(self, dt): return Span(0, 3600)
    def __repr__(self): return 'Zone()'


print(repr(datetime(2024, 3, 1, tzinfo=Zone())), repr(time(1, fold=1, tzinfo=Zone())), datetime(2024, 3, 1, tzinfo=Zone()))


class Two(date, object): pass


print(Two(2024, 3, 1), date.__mro__, datetime.__mro__, timezone.__mro__)
for bases in ((date, time), (datetime, tzinfo)):
    try:
        print(type('X', bases, {}))
    except TypeError as e:
        print(e)
try:
    date(2024, 3, 1).note = 1
except AttributeError as e:
    print(e)
