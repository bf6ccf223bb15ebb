# A tasklet blocks in what a zone says of its offset, daylight saving and name, wherever dates and times ask for it, and in
# constructors of subclasses that arithmetic calls.
# expect: compare True True False True
# expect: times True False
# expect: fold False
# expect: hash True True
# expect: less 1:00:00 2 days, 0:00:00
# expect: texts 2024-03-01T12:00:00+02:00 2024-03-01 12:00:00+02:00 01:00+02:00 datetime.datetime(2024, 3, 1, 12, 0, tzinfo=Zone(2))
# expect: strftime 12 +0200 Z2% 2024 +0200
# expect: answers 2:00:00 1:00:00 Z2% 2:00:00
# expect: tuples 1 10
# expect: converted 2024-03-01 15:00:00+05:00 2024-03-01 10:00:00+00:00 1709287200.0
# expect: made 1970-01-01 02:00:00+02:00 True 2024-03-01 12:00:00+02:00
# expect: subclass Day 2024-03-02 Moment 2024-03-02 12:00:00 Moment 0 Moment 2024-03-01 10:00:00
# expect: numbers 2024-03-01 2024-03-01 05:00:00 03:04:05 2024-03-04 1970-01-01 00:00:07
# expect: ratio 2 days, 0:00:00
# expect: pickled 2
# expect: every wait was answered by another tasklet: True
import datetime as d
from _waiting import run, wait


class Zone(d.tzinfo):
    def __init__(self, hours, changes=False): self.hours, self.changes = hours, changes
    def utcoffset(self, dt): return wait(d.timedelta(hours=self.hours + (self.changes and dt.fold)))
    def dst(self, dt): return wait(d.timedelta(hours=1))
    def tzname(self, dt): return wait(f'Z{self.hours}%')
    def __repr__(self): return wait(f'Zone({self.hours})')
    def __getinitargs__(self): return wait((self.hours,))


class Own(Zone):
    def fromutc(self, dt): return wait(dt + d.timedelta(hours=self.hours))


class Day(d.date):
    def __new__(cls, *args): return super().__new__(cls, *wait(args))


class Moment(d.datetime):
    def __new__(cls, *args, **names): return super().__new__(cls, *wait(args), **names)


class Number:
    def __init__(self, n): self.n = n
    def __index__(self): return wait(self.n)


class Ratio(float):
    def as_integer_ratio(self): return wait((2, 1))


def test():
    two, five = Zone(2), Own(5)
    a, b = d.datetime(2024, 3, 1, 12, tzinfo=two), d.datetime(2024, 3, 1, 14, tzinfo=five)
    print('compare', a > b, a == a.astimezone(five), a == b, a != b)
    print('times', d.time(12, tzinfo=two) == d.time(15, tzinfo=five), d.time(12, tzinfo=two) < d.time(15, tzinfo=five))
    twice = d.datetime(2024, 3, 1, 12, tzinfo=Zone(2, True))
    print('fold', twice == a)
    print('hash', hash(a) == hash(a.astimezone(d.timezone.utc)), hash(d.time(12, tzinfo=two)) == hash(d.time(15, tzinfo=five)))
    print('less', a - b, a - d.datetime(2024, 2, 28, 10, tzinfo=d.timezone.utc))
    print('texts', a.isoformat(), a, d.time(1, tzinfo=two).isoformat('minutes'), repr(a))
    print('strftime', a.strftime('%H %z %Z'), f'{a:%Y} {a:%z}')
    print('answers', a.utcoffset(), a.dst(), a.tzname(), d.time(1, tzinfo=two).utcoffset())
    print('tuples', a.timetuple().tm_isdst, a.utctimetuple().tm_hour)
    print('converted', a.astimezone(five), a.astimezone(d.timezone.utc), a.timestamp())
    inherited = Zone(2).fromutc
    print('made', d.datetime.fromtimestamp(0, Own(2)), d.datetime.now(five).tzinfo is five,
          d.tzinfo.fromutc(two, d.datetime(2024, 3, 1, 10, tzinfo=two)))
    m = Moment(2024, 3, 1, 12)
    print('subclass', type(Day(2024, 3, 1) + d.timedelta(1)).__name__, Day(2024, 3, 1) + d.timedelta(1), type(m).__name__, m + d.timedelta(1),
          *[f'{type(x).__name__} {x.fold}' for x in [Moment.combine(m, d.time(1, fold=1))]],
          *[f'{type(x).__name__} {x}' for x in [m - d.timedelta(hours=2)]])
    print('numbers', d.date(Number(2024), Number(3), 1), d.datetime(2024, 3, 1, hour=Number(5)), d.time(Number(3), Number(4), Number(5)),
          d.date(2024, 3, 1).replace(day=Number(4)), d.datetime.utcfromtimestamp(Number(7)))
    print('ratio', d.timedelta(1) * Ratio(3))
    print('pickled', two.__reduce__()[1][0])


run(test)
