# Places before the text and behind it count as its ends.
import re

spaces = re.compile('( *)')
for pattern in spaces, re.compile(' *'), re.compile('a'):
    for text, pos, endpos in (('a', 1, 9), ('a', 2, 9), ('', 1, 1), ('ab', 5, 9), ('ab', -3, 9), ('abc', 2, 1), ('abc', 5, 9)):
        found = pattern.match(text, pos, endpos)
        print(found and (found.span(), found.pos, found.endpos), [m.span() for m in pattern.finditer(text, pos, endpos)],
              pattern.findall(text, pos, endpos), pattern.fullmatch(text, pos, endpos), pattern.search(text, pos, endpos),
              pattern.scanner(text, pos, endpos).match())
print(spaces.match(b'x'.decode(), 3))
