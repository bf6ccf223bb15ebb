# date: the calendar, its limits, ISO weeks and texts.
from datetime import date, datetime, timedelta


def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


def each(show, items):
    for item in items:
        show(item)


class Three:
    def __index__(self): return 3


print(date(2024, Three(), 29), date(year=1, month=1, day=1), date.min, date.max, date.resolution)


def show(d):
    print(repr(d), str(d), d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d.ctime())
    print(date.fromordinal(d.toordinal()) == d, date.fromisocalendar(*d.isocalendar()) == d, d.timetuple())


each(show, (date(1, 1, 1), date(2000, 2, 29), date(2020, 12, 31), date(2021, 1, 3), date(9999, 12, 31)))
# Each day of 800 years, there and back.
print(all(date.fromordinal(n).toordinal() == n for n in range(730000, 730000 + 292194)))
print(date(2024, 2, 28) + timedelta(2), timedelta(2, 86399) + date(2024, 2, 28), date(2024, 3, 1) - timedelta(1))
print(date(2024, 3, 1) - date(2023, 3, 1), date(2024, 3, 1).replace(day=5), date(2024, 3, 1).replace(2020, 2))
print(date(2024, 3, 1) < date(2024, 3, 2), date(2024, 3, 1) == datetime(2024, 3, 1), date(2024, 3, 1) != 3)
print(f'{date(2024, 3, 1):%d/%m/%y %j} {date(2024, 3, 1)}', date(2024, 3, 1).strftime('%A %f %z%Z|%%z'))
week = date(2024, 3, 1).isocalendar()
print(week.year, week.week, week.weekday, tuple(week), week.__reduce__(), week[1:])
each(lambda text: attempt(lambda: date.fromisoformat(text)), (
             '2024-03-01', '20240301', '2024-W09-5', '2024W095', '2024W09', '2024-W09', '2020-W53', '2024-3-1', '2024-W53',
             '2024-0301', '2024-W09-8', 'x', '２024-03-01', '2024-13-01', '9999-W52-7'))
each(attempt, (lambda: date(1, 2), lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: date(1, 13, 1), lambda: date(1.0, 1, 1),
          lambda: date(2**31, 1, 1), lambda: date(2**64, 1, 1), lambda: date.fromordinal(0), lambda: date.fromordinal(10**7),
          lambda: date.fromisocalendar(2024, 54, 1), lambda: date.fromisocalendar(2024, 1, 0), lambda: date.fromisocalendar(2**70, 1, 1),
          lambda: date.max + timedelta(1), lambda: date.min - timedelta(1), lambda: date(2024, 3, 1) < datetime(2024, 3, 1),
          lambda: datetime(2024, 3, 1) >= date(2024, 3, 1), lambda: date(2024, 3, 1) + 1, lambda: date(2024, 3, 1).strftime(3),
          lambda: date(2024, 3, 1).__format__(3), lambda: date.fromisoformat(b'2024-03-01'), lambda: date(1, 1, 1).replace(month=0)))
