# strptime() is the library's _strptime; the class that is asked makes the result.
from datetime import datetime


class Moment(datetime):
    pass


print(repr(datetime.strptime('01.03.24 05:06 +0130', '%d.%m.%y %H:%M %z')), repr(Moment.strptime('2024', '%Y')))
for arguments in (('a', 1), (1, 'a'), ('a', '%Y')):
    try:
        print(datetime.strptime(*arguments))
    except Exception as e:
        print(type(e).__name__, e)
