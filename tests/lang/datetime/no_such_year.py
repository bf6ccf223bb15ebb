# A state of a pickle may spell a year that no calendar has: its days have names all the same.
# expect: 0000-01-01 6 Sun Jan  1 00:00:00 0000 Sun
from datetime import date

early = date(b'\0\0\1\1')
print(early, early.weekday(), early.ctime(), early.strftime('%a'))
